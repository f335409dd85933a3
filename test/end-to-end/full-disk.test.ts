import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { hasNamespaces, runs } from "../requires.ts";
import { healthy, type Running, temporaryFolder, until } from "./processes.ts";
import { lastSeq, lastStored, lastWritten, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

/** How long a probe waits that was told to come back, as `cannot_store` tells it. */
const REFUSED_MS = 60_000;

const folder = temporaryFolder();
const disk = join(folder.path, "disk");
const filler = join(disk, "filler");
const running: Running[] = [];
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child, exit } of running) {
    child.kill("SIGKILL");
    await exit;
  }
  await network?.close();
  execFileSync("umount", [disk]);
  folder.remove();
});

// A disk of its own needs root; see test/requires.ts for where this test is left out.
test.runIf(runs(hasNamespaces()))(
  "a collector whose disk is full refuses, keeps what it has, and takes everything once there is room",
  async () => {
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]);
    network = await prepareNetwork(folder.path, join(disk, "collector"));
    const collector = await network.startCollector();
    const probe = network.startProbe();
    running.push(collector, probe);
    await until("some entries are stored", () => storedRows(network).length >= 5);

    fill();
    await until(
      () => `the probe hears that nothing can be stored: ${collector.stdout()}${probe.stderr()}`,
      () => probe.stderr().includes('"code":"cannot_store"'),
    );
    const kept = storedRows(network);
    await until("the probe records on", () => lastWritten(network) > lastSeq(kept) + 5);
    expect(collector.stdout()).toContain("The disk is full");
    expect(await healthy(network.url)).toBe(true);
    expect(storedRows(network).slice(0, kept.length)).toEqual(kept);

    rmSync(filler);
    const written = lastWritten(network);
    await until(
      () => `everything is stored: ${collector.stdout()}${probe.stderr()}`,
      () => lastStored(network) >= written,
      2 * REFUSED_MS,
    );
    const stored = storedRows(network);
    expect(stored.slice(0, kept.length)).toEqual(kept);
    expect(
      followChain(
        CHAIN_START,
        stored.map(({ text }) => Entry.parse(JSON.parse(text))),
      ).fault,
    ).toBeNull();
  },
  300_000,
);

/** Writes until the disk takes no more. */
function fill(): void {
  for (let bytes = 8 * 1024 * 1024; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(filler, Buffer.alloc(bytes), { flag: "a" });
    } catch {
      // ENOSPC is what is wanted; a smaller piece may still fit.
    }
  }
}
