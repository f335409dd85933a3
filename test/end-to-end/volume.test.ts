import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runs } from "../requires.ts";
import { KUAGER, temporaryFolder } from "./processes.ts";

const temporary = temporaryFolder();
afterAll(temporary.remove);

const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;

it.runIf(runs(canMount))(
  "a data folder that is a volume of its own, as in a container, is erased and stays, empty",
  () => {
    const data = join(temporary.path, "data");
    // A mount of its own in a mount namespace of its own: it goes with the shell.
    const script = `
    mkdir "$1" && mount -t tmpfs -o size=16m kuager-test "$1" && echo key > "$1/identity.pem" && chmod 600 "$1/identity.pem"
    "$2" "$3" probe wipe --yes --json --data "$1"; code=$?
    ls -A "$1"; exit $code
  `;
    const ran = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", data, process.execPath, KUAGER], {
      encoding: "utf8",
    });
    expect([ran.status, ran.stdout.trim(), ran.stderr]).toEqual([0, '{"wiped":true,"files":1}', ""]);
  },
);
