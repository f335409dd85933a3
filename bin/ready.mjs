// Makes a fresh clone ready: installs packages when they are missing or older than the lock file, then builds.
// Plain JavaScript without packages, since it runs before any is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM = [20, 18, 1];

/** Installs and builds what is missing; ends the process with a plain sentence when that fails. */
export function makeReady(say) {
  checkNode(say);
  if (!installed()) {
    say("Installing packages. Where no ready-made database driver can be downloaded it is compiled:");
    say("that takes about two minutes on a PC and needs python3, make and a C++ compiler.");
    run(
      say,
      "npm",
      ["ci", "--no-fund", "--no-audit"],
      "The packages could not be installed. Is there a network, and room on the disk?",
    );
  }
  run(
    say,
    process.execPath,
    [join(root, "bin/build.mjs")],
    "The build failed: the messages above name the file and line.",
  );
}

function checkNode(say) {
  const version = process.versions.node.split(".").map(Number);
  const older = MINIMUM.findIndex((part, i) => version[i] !== part);
  if (older === -1 || version[older] > MINIMUM[older]) return;
  say(`Node ${process.versions.node} is too old: install Node ${MINIMUM.join(".")} or newer (20, 22 or 24).`);
  process.exit(69);
}

function installed() {
  const marker = join(root, "node_modules/.package-lock.json");
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs - 1000;
}

function run(say, command, args, advice) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "" },
  });
  if (status === 0) return;
  say(advice);
  process.exit(status ?? 1);
}
