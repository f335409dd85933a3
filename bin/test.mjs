// npm test: makes the clone ready, then runs every test. Words after `--` go to vitest.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { makeReady, root } from "./ready.mjs";

makeReady((line) => process.stderr.write(`${line}\n`));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  // A machine's own extra root certificates would change what the trust tests see.
  env: { ...process.env, NODE_EXTRA_CA_CERTS: "" },
});
process.exit(status ?? 1);
