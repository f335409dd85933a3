// Builds dist/: compiles every project, then copies the files that the code reads beside itself.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folders of data files that compiled code finds relative to itself. */
const DATA = ["targets/data", "collector/store/migrations", "dashboards/assets", "test/lab/scenarios"];

const compiler = join(root, "node_modules/typescript/bin/tsc");
const result = spawnSync(process.execPath, [compiler, "-b", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
if (result.status !== 0) process.exit(result.status ?? 1);
for (const folder of DATA)
  if (existsSync(join(root, folder)) && readdirSync(join(root, folder)).length > 0)
    cpSync(join(root, folder), join(root, "dist", folder), { recursive: true });
await import("./verifier.mjs");
