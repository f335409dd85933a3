import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { acceptBatch, toRow } from "../../collector/ingest/accept.ts";
import { type Db, openDatabase } from "../../collector/store/database.ts";
import { migrate } from "../../collector/store/migrate.ts";
import { createEngine } from "../../collector/store/sqlite/engine.ts";
import { entryTable } from "../../collector/store/sqlite/entry.ts";
import { logTable } from "../../collector/store/sqlite/log.ts";
import { logWriter } from "../../collector/store/sqlite/log-writer.ts";
import type { EntryRow } from "../../collector/store/store.ts";
import { CHAIN_START } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { leafHash, verifyConsistency, verifyInclusion } from "../../protocol/merkle.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import type { Batch } from "../../protocol/wire.ts";
import { createTestProbe, type TestProbe, webDraft } from "../collector/test-probe.ts";
import { goalLine, median, spread } from "./figures.ts";

const HELP = `npm run bench:log -- [--entries 20000] [--batch 100] [--turns 5] [--leaves 10000000] [--proofs 200]

What the transparency log costs: entries a second stored with and without it, in turns, as a ratio; then size and time
of proofs in a log of ten million leaves, which is built as the collector builds it (some minutes).
`;

const { values } = parseArgs({
  options: {
    entries: { type: "string", default: "20000" },
    batch: { type: "string", default: "100" },
    turns: { type: "string", default: "5" },
    leaves: { type: "string", default: "10000000" },
    proofs: { type: "string", default: "200" },
    help: { type: "boolean", default: false },
  },
});
const HOWS = ["stored", "accepted"] as const;
/** Storing with the log may take at most so many times as long as without. */
const GOAL_RATIO = 1.25;
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.help) say(HELP);
else {
  const ok = await appending(Number(values.entries), Number(values.batch), Number(values.turns));
  await proving(Number(values.leaves), Number(values.batch), Number(values.proofs));
  process.exitCode = ok ? 0 : 1;
}

type Prepared = { readonly batch: Batch; readonly rows: readonly EntryRow[] };

/**
 * Processor time with and without the log, in turns: of storing alone, and of all that a collector does with a batch that
 * came in (signature, canonical form, schema, chain, storing).
 */
async function appending(entries: number, batch: number, turns: number): Promise<boolean> {
  const probe = createTestProbe();
  const batches = Array.from({ length: Math.ceil(entries / batch) }, () => prepared(probe, batch));
  const lines = [];
  for (const how of HOWS) {
    const times = { with: [] as number[], without: [] as number[] };
    for (let turn = 0; turn < turns; turn++)
      for (const logged of turn % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const))
        times[logged].push(await processorMs(probe, batches, { how, logged: logged === "with" }));
    const rates = (list: readonly number[]) => list.map((ms) => ((batches.length * batch) / ms) * 1000);
    say(`${how} with the log:    ${spread(rates(times.with), "entries a second of processor time", 0)}`);
    say(`${how} without the log: ${spread(rates(times.without), "entries a second of processor time", 0)}`);
    const ratio = median(times.with) / median(times.without);
    lines.push(
      goalLine(`time in which ${entries} entries in batches of ${batch} are ${how}, with / without`, ratio, GOAL_RATIO),
    );
  }
  for (const { text } of lines) say(text);
  return lines.every(({ ok }) => ok);
}

function prepared(probe: TestProbe, size: number): Prepared {
  const written = Array.from({ length: size }, () => probe.write(webDraft()));
  // Written by us, of the form of an entry.
  const rows = written.map(({ text }) => toRow(JSON.parse(text) as Entry, text, sha256Hex(text)));
  return { batch: probe.batch(written), rows };
}

function processorMs(
  { id, publicKey }: TestProbe,
  batches: readonly Prepared[],
  { how, logged }: { how: (typeof HOWS)[number]; logged: boolean },
): Promise<number> {
  return inDatabase(id, async (engine) => {
    const table = logged ? entryTable(engine) : entryTable(engine, () => undefined);
    const begun = process.cpuUsage();
    let after = CHAIN_START;
    for (const [at, { batch, rows }] of batches.entries()) {
      const taken =
        how === "stored" ? { rows } : await acceptBatch(batch, { publicKey, head: after, hashAt: async () => null });
      if (!("rows" in taken)) throw new Error("a batch was refused");
      if (!(await table.append({ probe: id, received: at, after, rows: taken.rows, signature: batch.signature })))
        throw new Error("a batch was not stored");
      after = { seq: taken.rows.at(-1)?.seq ?? 0, hash: taken.rows.at(-1)?.hash ?? "" };
    }
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  });
}

/** Builds a log of so many leaves as the collector does, batch by batch, and proves leaves all over it. */
function proving(leaves: number, batch: number, proofs: number): Promise<void> {
  return inDatabase("a".repeat(32), async (engine) => {
    await build(engine.db, leaves, batch);
    const log = logTable(engine);
    const size = await log.size();
    const root = await log.root(size);
    const [made, checked, bytes, grown]: number[][] = [[], [], [], []];
    for (const index of Array.from({ length: proofs }, (_, at) => Math.floor((leaves * (at + 0.5)) / proofs))) {
      const start = performance.now();
      const path = await log.inclusion(index, size);
      made?.push(performance.now() - start);
      bytes?.push(path.length * 32);
      const then = performance.now();
      const holds = verifyInclusion({ index, size, leaf: leafHash(leafText(index)), path, root });
      checked?.push(performance.now() - then);
      if (!holds) throw new Error(`the proof of leaf ${index} does not hold`);
      const between = performance.now();
      const steps = await log.consistency(index + 1, size);
      grown?.push(performance.now() - between);
      const fromRoot = await log.root(index + 1);
      if (!verifyConsistency({ from: index + 1, to: size, fromRoot, toRoot: root, path: steps }))
        throw new Error(`the proof from ${index + 1} leaves does not hold`);
    }
    say(
      `in a log of ${size} leaves: inclusion proof ${spread(bytes ?? [], "bytes", 0)}, made in ${spread(made ?? [], "ms", 2)}`,
    );
    say(`checked in ${spread(checked ?? [], "ms", 3)}; consistency proof made in ${spread(grown ?? [], "ms", 2)}`);
  });
}

/** Adds leaves of small texts in batches, each in a transaction. */
async function build(db: Db, leaves: number, batch: number): Promise<void> {
  const write = logWriter(db);
  const begun = process.cpuUsage();
  const add = db.transaction((from: number) =>
    write(
      Array.from({ length: Math.min(batch, leaves - from) }, (_, at) => ({
        id: from + at + 1,
        text: leafText(from + at),
      })),
    ),
  );
  // A crash is not what is measured here: building ten million leaves must not wait for the disk 100,000 times.
  db.pragma("synchronous = OFF");
  for (let from = 0; from < leaves; from += batch) add(from);
  const { user, system } = process.cpuUsage(begun);
  say(`built ${leaves} leaves in ${((user + system) / 1e6).toFixed(1)} s of processor time`);
}

function leafText(index: number): string {
  return `entry ${index}`;
}

async function inDatabase<T>(probe: string, work: (engine: ReturnType<typeof createEngine>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kuager-bench-log-"));
  const file = join(folder, "collector.db");
  const db = await openDatabase(file);
  try {
    migrate(db);
    db.prepare("INSERT INTO probe (id, role, joined, changed, hash) VALUES (?, 'witness', 0, 0, ?)").run(
      probe,
      CHAIN_START.hash,
    );
    return await work(createEngine(db, file));
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
