// Bundles the volunteer's program into one ESM file: dist/bundle/kuager-probe.mjs and its data beside it.
// The database driver is native and stays outside. Smaller and quicker to start than the same code with its packages.
import { cpSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "dist/bundle");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ["bin/kuager-probe.ts"],
  outfile: "dist/bundle/kuager-probe.mjs",
  bundle: true,
  minify: true,
  legalComments: "none",
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["better-sqlite3", "bufferutil", "utf-8-validate"],
  // Packages written as CommonJS ask for `require` and for their own place.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);import{fileURLToPath as __fp}from'node:url';import{dirname as __dn}from'node:path';const __filename=__fp(import.meta.url),__dirname=__dn(__filename);",
  },
});
cpSync(join(root, "targets/data"), join(folder, "data"), { recursive: true });
process.stdout.write(`dist/bundle/kuager-probe.mjs ${statSync(join(folder, "kuager-probe.mjs")).size} bytes\n`);
