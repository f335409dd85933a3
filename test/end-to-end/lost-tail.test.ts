import { copyFileSync, rmSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { createClock } from "../../probe/clock.ts";
import { pathOf } from "../../probe/data-folder.ts";
import { loadIdentity } from "../../probe/identity/identity.ts";
import { askForRecovery } from "../../probe/journal/marks.ts";
import { openRecovered } from "../../probe/journal/open-recovered.ts";
import { addressesOf } from "../../probe/uplink/addresses.ts";
import { postAll } from "../../probe/uplink/batches.ts";
import { type Cursor, createCursor } from "../../probe/uplink/cursor.ts";
import { createHeritage } from "../../probe/uplink/heritage.ts";
import { SILENT, webBody } from "../probe/support.ts";
import { keyOf } from "./chaos/key-of.ts";
import { temporaryFolder } from "./processes.ts";
import { storedOf } from "./records.ts";
import { prepareNetwork, type SmallNetwork } from "./small-network.ts";

const folder = temporaryFolder();
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  folder.remove();
});

const never = new AbortController().signal;

/** Opens the journal in the network's folder as `run` does, with the way to the collector. */
function openProbe({ probeData, url }: SmallNetwork) {
  const before = loadIdentity(probeData);
  if (before === null) throw new Error("no key");
  const clock = createClock();
  const { journal, identity } = openRecovered({ folder: probeData, clock, log: SILENT }, before);
  const to = addressesOf(url);
  const cursor = createCursor(journal, identity, SILENT);
  return {
    ...{ identity, journal, cursor },
    write: (count: number, name: string) => {
      for (let index = 0; index < count; index++)
        journal.append({ kind: "web", body: webBody(`${name}-${index}.org`) }, { urgent: true });
      return journal.read(journal.head().seq - count, count, Number.MAX_SAFE_INTEGER).map(({ text }) => keyOf(text));
    },
    post: (by: Cursor = cursor) => postAll({ to, cursor: by, clock }, never),
    settle: () => createHeritage({ folder: probeData, identity, journal, log: SILENT }).settle(to, never),
  };
}

/** The journal and what else tells how far it came, as copies of them were made. */
function keepCopies({ probeData }: SmallNetwork): () => void {
  const paths = (["journal", "recorded"] as const).map((name) => pathOf(probeData, name));
  for (const path of paths) copyFileSync(path, `${path}.copy`);
  return () => {
    for (const name of ["journalWal", "journalShm"] as const) rmSync(pathOf(probeData, name), { force: true });
    for (const path of paths) copyFileSync(`${path}.copy`, path);
  };
}

test("records that grew in place of a lost tail are stored, though an answer that counts the lost ones came while they grew", async () => {
  const network = await prepareNetwork(folder.path);
  closing.push(network.close);
  const collector = await network.startCollector();
  closing.push(async () => {
    collector.child.kill("SIGKILL");
    await collector.exit;
  });
  const first = openProbe(network);
  first.write(10, "kept");
  first.journal.close();
  const loseTail = keepCopies(network);
  const second = openProbe(network);
  second.write(30, "lost");
  expect(await second.post()).toEqual({ ok: true });
  second.journal.close();
  loseTail();

  // What is packed is known to the collector, which answers with the number of its last; meanwhile others take those numbers.
  const third = openProbe(network);
  expect(third.journal.head().seq).toBe(10);
  const grown: string[] = [];
  const next = async () => {
    const packed = await third.cursor.next();
    if (grown.length === 0) grown.push(...third.write(20, "grown"));
    return packed;
  };
  expect(await third.post({ ...third.cursor, next })).toEqual({ ok: true });
  grown.push(...third.write(12, "noticed"));
  expect(await third.post()).toMatchObject({ ok: false, refusal: { code: "fork" } });
  askForRecovery(network.probeData, "fork");
  third.journal.close();

  const fourth = openProbe(network);
  closing.push(() => fourth.journal.close());
  expect(fourth.identity.probe).not.toBe(third.identity.probe);
  expect(await fourth.settle()).toEqual({ ok: true });
  expect(await fourth.post()).toEqual({ ok: true });
  const stored = [first, fourth].flatMap(({ identity }) => storedOf(network, identity.probe));
  const keys = stored.map(({ text }) => keyOf(text));
  expect(keys).toHaveLength(10 + 30 + 20 + 12);
  expect(keys.filter((key) => grown.includes(key)).sort()).toEqual(grown.toSorted());
}, 120_000);
