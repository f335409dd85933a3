import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { type Running, temporaryFolder, until } from "./processes.ts";
import { journalRows, lastStored, lastWritten, storedRows } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const KILLS = 20;
const folder = temporaryFolder();
const running = new Set<Running>();
let network: SmallNetwork | null = null;

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await network?.close();
  folder.remove();
});

test("killing probe and collector with -9 at 20 random moments loses no entry, stores none twice, breaks no chain", async () => {
  network = await prepareNetwork(folder.path);
  let collector = keep(await network.startCollector());
  let probe = keep(network.startProbe());
  const random = generator(20220105);
  let seen = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = seen;
    await until(
      () => `entries flow before kill ${kill + 1}: ${probe.stderr()}`,
      () => {
        seen = storedRows(network).length;
        return seen > before;
      },
    );
    // The moment of the kill is what is tried out: any point of a round, a commit or a delivery.
    await delay(random() * 1500);
    if (kill % 2 === 0) {
      await killed(probe);
      probe = keep(network.startProbe());
    } else {
      await killed(collector);
      collector = keep(await network.startCollector());
    }
  }
  probe.child.kill("SIGTERM");
  await probe.exit;
  probe = keep(network.startProbe());
  await until("everything written is stored", () => lastWritten(network) === lastStored(network), 60_000);
  probe.child.kill("SIGTERM");
  await probe.exit;

  const entries = storedRows(network);
  const texts = entries.map(({ text }) => Entry.parse(JSON.parse(text)));
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  expect(followChain(CHAIN_START, texts).fault).toBeNull();
  expect(texts.filter(({ kind }) => kind === "start").length).toBeGreaterThan(KILLS / 2);
  for (const row of journalRows(network)) expect(entries[row.seq - 1]?.text ?? row.text).toBe(row.text);
}, 300_000);

function keep(one: Running): Running {
  running.add(one);
  return one;
}

async function killed(one: Running): Promise<void> {
  one.child.kill("SIGKILL");
  await one.exit;
  running.delete(one);
}

/** Deterministic numbers in [0, 1) (mulberry32), so that a failing run can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
