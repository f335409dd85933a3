import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Db, openDatabase } from "../../collector/store/database.ts";
import { migrate } from "../../collector/store/migrate.ts";
import { createEngine } from "../../collector/store/sqlite/engine.ts";
import { entryTable } from "../../collector/store/sqlite/entry.ts";
import { logTable } from "../../collector/store/sqlite/log.ts";
import { LOG_SQL, TILE_LEVELS, TILE_WIDTH, tileReader } from "../../collector/store/sqlite/log-writer.ts";
import type { EntryRow, EntryTable } from "../../collector/store/store.ts";
import { CHAIN_START } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { leafHash, memoryNodes, verifyConsistency, verifyInclusion } from "../../protocol/merkle.ts";
import { goalLine, median, spread } from "./figures.ts";

const HELP = `npm run bench:log -- [--entries 20000] [--batch 100] [--turns 5] [--leaves 10000000] [--proofs 200]

What the transparency log costs: entries a second stored with and without it, in turns, as a ratio; then size and time
of proofs in a log of ten million leaves.
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
/** Storing with the log may take at most so many times as long as without. */
const GOAL_RATIO = 1.25;
const PROBE = "a".repeat(32);
/** About the size of a web measurement. */
const PADDING = "x".repeat(2_500);
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.help) say(HELP);
else {
  const ok = await appending(Number(values.entries), Number(values.batch), Number(values.turns));
  await proving(Number(values.leaves), Number(values.proofs));
  process.exitCode = ok ? 0 : 1;
}

async function appending(entries: number, batch: number, turns: number): Promise<boolean> {
  const rows = Array.from({ length: entries }, (_, at): EntryRow => {
    const text = JSON.stringify({ seq: at + 1, body: `${at}${PADDING}` });
    return { seq: at + 1, kind: "web", target: "orda.kz", at, text, hash: sha256Hex(text) };
  });
  const times = { with: [] as number[], without: [] as number[] };
  for (let turn = 0; turn < turns; turn++)
    for (const how of turn % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const))
      times[how].push(await stored(rows, batch, how === "with"));
  const rates = (list: readonly number[]) => list.map((ms) => (entries / ms) * 1000);
  say(`with the log:    ${spread(rates(times.with), "entries/s", 0)}`);
  say(`without the log: ${spread(rates(times.without), "entries/s", 0)}`);
  const ratio = median(times.with) / median(times.without);
  const line = goalLine(`time to store ${entries} entries in batches of ${batch}, with / without`, ratio, GOAL_RATIO);
  say(line.text);
  return line.ok;
}

/** Milliseconds that storing took. */
function stored(rows: readonly EntryRow[], batch: number, logged: boolean): Promise<number> {
  return inDatabase(async (engine) => {
    const table = logged ? entryTable(engine) : entryTable(engine, () => undefined);
    const begun = performance.now();
    await appendAll(table, rows, batch);
    return performance.now() - begun;
  });
}

async function appendAll(table: EntryTable, rows: readonly EntryRow[], batch: number): Promise<void> {
  let after = CHAIN_START;
  for (let at = 0; at < rows.length; at += batch) {
    const some = rows.slice(at, at + batch);
    if (!(await table.append({ probe: PROBE, received: at, after, rows: some, signature: null })))
      throw new Error("a batch was not stored");
    after = { seq: at + some.length, hash: some.at(-1)?.hash ?? "" };
  }
}

/** The log of so many leaves is written as rows, as the collector would have by then; leaves are counters. */
function proving(leaves: number, proofs: number): Promise<void> {
  return inDatabase(async (engine) => {
    const { db } = engine;
    const begun = performance.now();
    db.pragma("synchronous = OFF");
    db.pragma("foreign_keys = OFF");
    db.function("leaf_hash", { deterministic: true }, (text) => leafHash(String(text)));
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${leaves})
      INSERT INTO log_leaf (leaf, entry, hash) SELECT i, i + 1, leaf_hash('entry ' || i) FROM n`);
    fillNodes(engine.db, leaves);
    say(`a log of ${leaves} leaves made in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    const log = logTable(engine);
    const root = await log.root(leaves);
    const [made, checked, bytes, grown]: number[][] = [[], [], [], []];
    for (let at = 0; at < proofs; at++) {
      const index = Math.floor((leaves * (at + 0.5)) / proofs);
      const start = performance.now();
      const path = await log.inclusion(index, leaves);
      made?.push(performance.now() - start);
      bytes?.push(path.length * 32);
      const then = performance.now();
      const holds = verifyInclusion({ index, size: leaves, leaf: leafHash(`entry ${index}`), path, root });
      checked?.push(performance.now() - then);
      if (!holds) throw new Error(`the proof of leaf ${index} does not hold`);
      const between = performance.now();
      const steps = await log.consistency(index + 1, leaves);
      grown?.push(performance.now() - between);
      const fromRoot = await log.root(index + 1);
      if (!verifyConsistency({ from: index + 1, to: leaves, fromRoot, toRoot: root, path: steps }))
        throw new Error(`the proof from ${index + 1} leaves does not hold`);
    }
    say(`inclusion proof: ${spread(bytes ?? [], "bytes", 0)}, made in ${spread(made ?? [], "ms", 2)}`);
    say(`checked in ${spread(checked ?? [], "ms", 3)}; consistency proof made in ${spread(grown ?? [], "ms", 2)}`);
  });
}

/** Roots of complete tiles, level by level. */
function fillNodes(db: Db, leaves: number): void {
  const read = tileReader(db);
  const add = db.prepare(LOG_SQL.addNode);
  for (
    let level = 1, count = Math.floor(leaves / TILE_WIDTH);
    count > 0;
    level++, count = Math.floor(count / TILE_WIDTH)
  )
    db.transaction(() => {
      for (let node = 0; node < count; node++)
        add.run(level, node, memoryNodes(read(level - 1, node, TILE_WIDTH))(TILE_LEVELS, 0));
    })();
}

async function inDatabase<T>(work: (engine: ReturnType<typeof createEngine>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kuager-bench-log-"));
  const file = join(folder, "collector.db");
  const db = await openDatabase(file);
  try {
    migrate(db);
    db.prepare("INSERT INTO probe (id, role, joined, changed, hash) VALUES (?, 'witness', 0, 0, ?)").run(
      PROBE,
      CHAIN_START.hash,
    );
    return await work(createEngine(db, file));
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
