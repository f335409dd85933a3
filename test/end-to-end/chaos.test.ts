import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { loadIdentity } from "../../probe/identity/identity.ts";
import { openAsIs } from "../../probe/journal/database.ts";
import { prepareRows } from "../../probe/journal/rows.ts";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { keyOf } from "./chaos/key-of.ts";
import { createWorld, fillDisk, ledgerOf, readableKeys, type World } from "./chaos/world.ts";
import { temporaryFolder, until } from "./processes.ts";

const FAULTS = Number(process.env.KUAGER_CHAOS_FAULTS ?? 100);
const SEED = Number(process.env.KUAGER_CHAOS_SEED ?? 20220105);
const YEAR_MS = 365 * 86_400_000;
/** Kinds of fault, by how many in twenty. */
const KINDS = { probe: 4, collector: 2, tail: 3, disk: 2, clock: 3, route: 4, twice: 2 } as const;
type Kind = keyof typeof KINDS;

const folder = temporaryFolder();
let world: World | null = null;
afterEach(async () => {
  await world?.close();
  folder.remove();
});

test(`through ${FAULTS} random faults (seed ${SEED}) every entry made is stored once and every chain holds`, async () => {
  const made = await createWorld(folder.path);
  world = made;
  const random = generator(SEED);
  const counts: Record<Kind, number> = { probe: 0, collector: 0, tail: 0, disk: 0, clock: 0, route: 0, twice: 0 };
  /** Entries that the corruption of a file took; those of them that no collector had are lost with it. */
  const destroyed = new Set<string>();
  const stamp = () => Math.floor(random() * 200);
  const acts: Record<Kind, () => Promise<void>> = {
    probe: made.killProbe,
    collector: async () => {
      await made.killCollector();
      await made.startCollector();
    },
    tail: async () => {
      await made.killProbe();
      const before = readableKeys(made);
      spoilTail(made.probeData, random);
      const after = readableKeys(made, [...before.keys()]);
      for (const [seq, key] of before) if (after.get(seq) !== key) destroyed.add(key);
    },
    disk: async () => {
      if (!made.hasDisk) return made.killProbe();
      const empty = fillDisk(made);
      await delay(stamp() * 2);
      if (random() < 0.3) await made.killProbe();
      empty();
    },
    clock: async () => writeFileSync(made.clockFile, String(Math.round((random() * 2 - 1) * YEAR_MS))),
    route: async () => {
      made.route.cut();
      await delay(stamp() * 2);
      made.route.restore();
    },
    twice: () => sendTwice(made, random),
  };
  for (let fault = 0; fault < FAULTS; fault++) {
    await flowing(made, random() < 0.5);
    await delay(stamp());
    const kind = choose(random);
    counts[kind] += 1;
    await acts[kind]();
    await made.startProbe();
  }
  await settle(made);

  const stored = storedKeys(made);
  const ledger = ledgerOf(made);
  const lost = [...ledger].filter((key) => !stored.keys.has(key));
  const { probes, faults } = chains(made);
  const made_ = new Set([...ledger, ...stored.keys.keys()]).size;
  const line = {
    seed: SEED,
    faults: FAULTS,
    ...counts,
    made: made_,
    stored: stored.total,
    destroyed: lost.length,
    keys: probes,
  };
  process.stdout.write(`chaos: ${JSON.stringify(line)}\n`);
  expect(faults).toEqual([]);
  expect([...stored.keys].filter(([, times]) => times > 1)).toEqual([]);
  // Their number first: a list of thousands helps nobody.
  const unexplained = lost.filter((key) => !destroyed.has(key));
  expect([unexplained.length, unexplained.slice(0, 5)]).toEqual([0, []]);
  expect(made_ - lost.length).toBe(stored.total);
}, 1_500_000);

/** Waits until something was recorded since, or even stored: a fault in a standing world tries nothing. */
async function flowing(made: World, isStored: boolean): Promise<void> {
  const written = () => statSync(made.ledger).size;
  const before = isStored ? storedCount(made) : written();
  await until(
    () => `entries flow: ${made.says()}`,
    async () => {
      await made.startProbe();
      return (isStored ? storedCount(made) : written()) > before;
    },
  );
}

function storedCount(made: World): number {
  const database = open(made);
  const row = database.prepare<[], { count: number }>("SELECT count(*) AS count FROM entry").get();
  database.close();
  return row?.count ?? 0;
}

/** Lets the probe deliver in peace until it keeps nothing back, of earlier keys neither. */
async function settle(made: World): Promise<void> {
  writeFileSync(made.clockFile, "0");
  await delay(500);
  await until(
    () => `everything is delivered: ${made.says()}`,
    async () => {
      await made.startProbe();
      const identity = loadIdentity(made.probeData);
      const kept = readableKeys(made);
      const head = Math.max(0, ...kept.keys());
      if (identity === null || head === 0 || leftovers(made)) return false;
      const stored = headOf(made, identity.probe);
      // A journal that lost its tail may have grown another since, which the probe has yet to find out.
      return stored.seq >= head - 3 && stored.seq <= head && kept.get(stored.seq) === stored.key;
    },
    90_000,
  );
  await made.endProbe();
}

function leftovers({ probeData }: World): boolean {
  for (let number = 1; number <= FAULTS; number++)
    if (existsSync(join(probeData, `identity-${number}.pem`))) return true;
  return false;
}

function open({ collectorData }: World): Sqlite.Database {
  return new Sqlite(join(collectorData, "collector.db"), { readonly: true, timeout: 5000 });
}

/** The newest entry stored of a probe: its number, and what it says. */
function headOf(made: World, probe: string): { seq: number; key: string | null } {
  const database = open(made);
  const row = database
    .prepare<[string], { seq: number; text: string }>(
      "SELECT seq, text FROM entry WHERE probe = ? ORDER BY seq DESC LIMIT 1",
    )
    .get(probe);
  database.close();
  return row === undefined ? { seq: 0, key: null } : { seq: row.seq, key: keyOf(row.text) };
}

function storedKeys(made: World): { total: number; keys: Map<string, number> } {
  const database = open(made);
  const keys = new Map<string, number>();
  let total = 0;
  for (const { text } of database.prepare<[], { text: string }>("SELECT text FROM entry").iterate()) {
    total += 1;
    keys.set(keyOf(text), (keys.get(keyOf(text)) ?? 0) + 1);
  }
  database.close();
  return { total, keys };
}

/** Every run of entries of every key continues the one before it; all keys but one are gone. */
function chains(made: World): { probes: number; faults: unknown[] } {
  const database = open(made);
  const probes = database
    .prepare<[], { id: string; left: number | null }>("SELECT id, left_at AS left FROM probe")
    .all();
  const ofProbe = database.prepare<[string], { seq: number; text: string }>(
    "SELECT seq, text FROM entry WHERE probe = ? ORDER BY seq",
  );
  const faults: unknown[] = [];
  for (const { id } of probes) {
    let head = CHAIN_START;
    for (const { text } of ofProbe.iterate(id)) {
      const entry = Entry.parse(JSON.parse(text));
      // A hole is what a damaged file left; what stands after it begins anew.
      const from = entry.seq === head.seq + 1 ? head : { seq: entry.seq - 1, hash: entry.prev };
      const followed = followChain(from, [entry]);
      if (followed.fault !== null) faults.push({ id, ...followed.fault });
      head = followed.head;
    }
  }
  database.close();
  const present = probes.filter(({ left }) => left === null).length;
  return { probes: probes.length, faults: present === 1 ? faults : [...faults, { present }] };
}

/** Cuts the end of the WAL, or of the file where there is none, or writes over it. */
function spoilTail(data: string, random: () => number): void {
  const wal = join(data, "journal.sqlite-wal");
  const path = existsSync(wal) && statSync(wal).size > 0 && random() < 0.8 ? wal : join(data, "journal.sqlite");
  if (!existsSync(path)) return;
  const size = statSync(path).size;
  const place = Math.floor(size * (1 - random() * 0.3));
  if (random() < 0.5) {
    truncateSync(path, place);
    return;
  }
  const bytes = readFileSync(path);
  bytes.fill(Math.floor(random() * 256), place, Math.min(size, place + 1 + Math.floor(random() * 3000)));
  writeFileSync(path, bytes);
}

/** Sends some entries of the journal a second time, as a carried file would, past the probe itself. */
async function sendTwice(made: World, random: () => number): Promise<void> {
  const identity = loadIdentity(made.probeData);
  const file = join(made.probeData, "journal.sqlite");
  if (identity === null || !existsSync(file)) return;
  const rows = readSome(file, random);
  const last = rows.at(-1);
  if (last === undefined) return;
  const batch = {
    probe: identity.probe,
    entries: rows.map(({ text }) => text),
    signature: identity.sign("journal", last.hash),
  };
  const body = new Uint8Array(gzipSync(JSON.stringify(batch)));
  await fetch(`${made.url}/uplink/v1/batches`, { method: "POST", body }).catch(() => null);
}

function readSome(file: string, random: () => number): { text: string; hash: string }[] {
  try {
    const database = openAsIs(file);
    try {
      const rows = prepareRows(database);
      const back = 1 + Math.floor(random() * 60);
      return [...rows.after(Math.max(0, rows.head().seq - back), 1 + Math.floor(random() * 60))];
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}

function choose(random: () => number): Kind {
  let place = random() * Object.values(KINDS).reduce((sum, share) => sum + share, 0);
  for (const [kind, share] of Object.entries(KINDS)) {
    place -= share;
    if (place < 0) return kind as Kind;
  }
  return "probe";
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
