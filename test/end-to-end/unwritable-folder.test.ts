import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { hasNamespaces, runs } from "../requires.ts";
import { KUAGER, runKuager, temporaryFolder, until } from "./processes.ts";
import { journalRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const NOBODY = 65534;
let folder = temporaryFolder();
let network: SmallNetwork | null = null;
afterEach(async () => {
  await network?.close();
  folder.remove();
});

/** A probe that has joined and recorded a little, in a folder that anybody may look into. */
async function recorded(): Promise<SmallNetwork> {
  folder = temporaryFolder();
  const made = await prepareNetwork(folder.path);
  network = made;
  const probe = made.startProbe();
  await until("entries are written", () => journalRows(made).length >= 3);
  probe.child.kill("SIGTERM");
  await probe.exit;
  chmodSync(folder.path, 0o755);
  return made;
}

// Both need root: a disk of its own, and another user.
test.runIf(runs(hasNamespaces()))(
  "on a disk that has become read-only the probe says so and ends with 73",
  async () => {
    const { probeData } = await recorded();
    execFileSync("mount", ["--bind", probeData, probeData]);
    execFileSync("mount", ["-o", "remount,bind,ro", probeData]);
    try {
      const { code, stderr } = await runKuager(["probe", "run", "--data", probeData]);
      expect([code, stderr]).toEqual([73, expect.stringMatching(/cannot be written .*--data DIR/)]);
    } finally {
      execFileSync("umount", [probeData]);
    }
    expect(readdirSync(probeData).filter((name) => /damaged|recovery/.test(name))).toEqual([]);
  },
);

test.runIf(runs(hasNamespaces()))(
  "a journal that this user may not open is no damaged one: it stays, and the probe says what to do",
  async () => {
    const { probeData } = await recorded();
    for (const name of ["", ...readdirSync(probeData)]) chownSync(join(probeData, name), NOBODY, NOBODY);
    const journal = join(probeData, "journal.sqlite");
    chownSync(journal, 0, 0);
    chmodSync(journal, 0o600);
    const child = spawn(process.execPath, [KUAGER, "probe", "run", "--data", probeData], {
      uid: NOBODY,
      gid: NOBODY,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: "" },
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, "close");
    expect([code, said]).toEqual([73, expect.stringMatching(/cannot be written/)]);
    expect(existsSync(journal)).toBe(true);
  },
);
