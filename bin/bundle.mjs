// Bundles the volunteer's program into one ESM file: dist/bundle/kuager-probe.mjs and its data beside it.
// The database driver is native and stays outside. Smaller and quicker to start than the same code with its packages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** zod explains itself in forty languages; our problems are in English, and each language costs memory. */
const zodInEnglish = {
  name: "zod-in-english",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => ({
      contents: 'export { default as en } from "./en.js";',
      resolveDir: dirname(path),
    })),
};

/** Named one by one instead of as a whole, what is never called of zod, a fifth of it, is left out. */
const zodByName = {
  name: "zod-by-name",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](?:probe|protocol|targets|bin)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('import { z } from "zod";', 'import * as z from "zod";'),
      loader: "ts",
    })),
};

/** pino can log from a thread of its own, which no probe does. */
const logHere = {
  name: "log-here",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]pino[\\/]lib[\\/]transport\.js$/ }, () => ({
      contents: 'module.exports = () => { throw new Error("This program logs by itself."); };',
    })),
};

/** The driver is asked for when the journal is opened, not before the program's first line: that one sets memory limits. */
const driverLater = {
  name: "driver-later",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: "better-sqlite3", namespace: "later" }));
    onLoad({ filter: /.*/, namespace: "later" }, () => ({ contents: 'module.exports = __require("better-sqlite3");' }));
  },
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Another folder may be named, for a build beside this one. */
const folder = resolve(process.argv[2] ?? join(root, "dist/bundle"));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["bin/kuager-probe.ts"],
  outfile: join(root, "dist/bundle/kuager-probe.mjs"),
  write: false,
  bundle: true,
  minify: true,
  legalComments: "none",
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["bufferutil", "utf-8-validate"],
  plugins: [zodInEnglish, zodByName, logHere, driverLater],
  // Packages written as CommonJS ask for `require` and for their own place.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url),__require=require;import{fileURLToPath as __fp}from'node:url';import{dirname as __dn}from'node:path';const __filename=__fp(import.meta.url),__dirname=__dn(__filename);",
  },
});
// One letter beyond Latin-1 would double what V8 keeps of the whole text. esbuild escapes them in strings, here the rest.
const code = outputFiles[0].text.replace(
  /[^\0-\x7f]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
writeFileSync(join(folder, "kuager-probe.mjs"), code);
// What a probe reads, and no more: no list of rallies or reports lies on a volunteer's disk.
for (const name of ["anchors", "block-pages", "messengers", "targets"])
  cpSync(join(root, `targets/data/${name}.ndjson`), join(folder, `data/${name}.ndjson`));
process.stdout.write(`${join(folder, "kuager-probe.mjs")} ${code.length} bytes\n`);
