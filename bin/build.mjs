// Builds dist/: compiles every project, copies the files that the code reads beside itself, and packs what browsers and threads load.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folders of data files that compiled code finds relative to itself. */
const DATA = ["targets/data", "collector/store/migrations", "dashboards/assets", "test/lab/scenarios"];

/** What a browser may load, each packed into one file below /assets/: style sheets, and scripts that no page needs. */
const SHEETS = ["style.css", "lite.css", "desk.css"];
const SCRIPTS = ["live.ts", "explore.ts", "passkey.ts"];

const compiler = join(root, "node_modules/typescript/bin/tsc");
const result = spawnSync(process.execPath, [compiler, "-b", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
if (result.status !== 0) process.exit(result.status ?? 1);
for (const folder of DATA)
  if (existsSync(join(root, folder)) && readdirSync(join(root, folder)).length > 0)
    cpSync(join(root, folder), join(root, "dist", folder), { recursive: true });
packThread("collector/verify/judge-thread");
pack("dashboards/styles", SHEETS, {});
pack("dashboards/browser", SCRIPTS, { ".css": "text" });

/** A thread as one file, which is ready sooner than the same in a hundred (docs/benchmarks.md, "Checking a bundle"). */
function packThread(path) {
  buildSync({
    entryPoints: [join(root, "dist", `${path}.js`)],
    outfile: join(root, "dist", `${path}.packed.js`),
    bundle: true,
    minify: true,
    legalComments: "none",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}

function pack(folder, names, loader) {
  buildSync({
    entryPoints: names.map((name) => join(root, folder, name)).filter((file) => existsSync(file)),
    outdir: join(root, "dist/dashboards/assets"),
    bundle: true,
    minify: true,
    format: "iife",
    loader,
    target: ["es2022"],
    logLevel: "warning",
  });
}
await import("./verifier.mjs");
