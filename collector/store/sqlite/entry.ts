import { CHAIN_START, type ChainHead } from "../../../protocol/chain.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { Append, ArchivedRow, EntryTable, StoredEntry } from "../store.ts";
import type { Engine } from "./engine.ts";
import { type LogWriter, logWriter, type NewLeaf } from "./log-writer.ts";
import { measurementReader } from "./measurement.ts";
import { type SignatureTable, signatureTable } from "./signature.ts";

const COLUMNS = "id, probe, seq, received, kind, target, at, text, hash";
export const ENTRY_SQL = {
  head: "SELECT seq, hash FROM probe WHERE id = ?",
  add: `INSERT INTO entry (probe, seq, received, kind, target, at, text, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (probe, seq) DO NOTHING`,
  count: `UPDATE probe SET measurements = measurements + ?, measured = nullif(max(coalesce(measured, 0), ?), 0)
    WHERE id = ?`,
  moveHead: "UPDATE probe SET seq = ?, hash = ? WHERE id = ?",
  hashAt: "SELECT hash FROM entry WHERE probe = ? AND seq = ?",
  inOrder: `SELECT ${COLUMNS} FROM entry WHERE (received, probe, seq) > (?, ?, ?) ORDER BY received, probe, seq LIMIT ?`,
  following: "SELECT hash, text FROM entry WHERE probe = ? AND seq = ?",
  lastBelow: "SELECT max(seq) AS seq FROM entry WHERE probe = ? AND seq < ?",
  once: "INSERT INTO imported (key) VALUES (?) ON CONFLICT (key) DO NOTHING",
  latestLink: `SELECT ${COLUMNS} FROM entry WHERE probe = ? AND kind = 'link' ORDER BY seq DESC LIMIT 1`,
};

/**
 * Journal entries and their signatures; appending moves the probe's head, and makes entries leaves of the log, in the
 * same transaction. `log` is left to another only by the benchmark that measures what it costs.
 */
export function entryTable(engine: Engine, log: LogWriter = logWriter(engine.db)): EntryTable {
  const { db, run } = engine;
  const hashAt = db.prepare<[string, number], { hash: string }>(ENTRY_SQL.hashAt);
  const inOrder = db.prepare<[number, string, number, number], StoredEntry>(ENTRY_SQL.inOrder);
  const latestLink = db.prepare<[string], StoredEntry>(ENTRY_SQL.latestLink);
  const at = db.prepare<[string, number], { hash: string; text: string }>(ENTRY_SQL.following);
  const lastBelow = db.prepare<[string, number], { seq: number | null }>(ENTRY_SQL.lastBelow);
  const signatures = signatureTable(engine);
  const adder = rowAdder(engine, log);
  const append = appender(engine, signatures, adder);
  return {
    append: (what) => run(() => append(what)),
    ...archiveAdder(engine, signatures, adder),
    at: (probe, seq) => run(() => at.get(probe, seq) ?? null),
    lastBelow: (probe, seq) => run(() => lastBelow.get(probe, seq)?.seq ?? null),
    hashAt: (probe, seq) => run(() => hashAt.get(probe, seq)?.hash ?? null),
    inOrder: (after, limit) => run(() => inOrder.all(after.received, after.probe, after.seq, limit)),
    ...measurementReader(engine),
    latestLink: (probe) => run(() => latestLink.get(probe) ?? null),
    signatures: (probe) => run(() => signatures.of(probe)),
  };
}

function appender({ db }: Engine, signatures: SignatureTable, adder: RowAdder): (append: Append) => boolean {
  const head = db.prepare<[string], ChainHead>(ENTRY_SQL.head);
  const transaction = db.transaction(({ probe, received, after, rows, signature }: Append) => {
    const current = head.get(probe);
    const last = rows.at(-1);
    if (current === undefined || last === undefined) return false;
    if (current.seq !== after.seq || current.hash !== after.hash) return false;
    adder.add(
      probe,
      rows.map((row) => ({ ...row, received })),
    );
    if (signature !== null) signatures.add(probe, { seq: last.seq, hash: last.hash, signature });
    adder.moveHead(probe, last);
    return true;
  });
  return (what) => transaction.immediate(what);
}

function archiveAdder(
  { db, run }: Engine,
  signatures: SignatureTable,
  adder: RowAdder,
): Pick<EntryTable, "addKnown" | "appendOnce"> {
  const head = db.prepare<[string], ChainHead>(ENTRY_SQL.head);
  const following = db.prepare<[string, number], { hash: string; text: string }>(ENTRY_SQL.following);
  const once = db.prepare<[string]>(ENTRY_SQL.once);
  const add = (probe: string, rows: readonly ArchivedRow[]) => {
    const count = adder.add(probe, rows);
    for (const { seq, hash, signature } of rows)
      if (signature !== null && signature !== undefined) signatures.add(probe, { seq, hash, signature });
    // The head goes only as far as the chain is whole: a probe must still be able to send what is missing.
    let current = head.get(probe) ?? CHAIN_START;
    for (let next = following.get(probe, current.seq + 1); next !== undefined; ) {
      if (!next.text.includes(`"prev":"${current.hash}"`)) break;
      current = { seq: current.seq + 1, hash: next.hash };
      next = following.get(probe, current.seq + 1);
    }
    adder.moveHead(probe, current);
    return count;
  };
  const addKnown = db.transaction(add);
  const appendOnce = db.transaction(
    (probe: string, key: string, makeRows: (head: ChainHead) => readonly ArchivedRow[]) => {
      if (once.run(key).changes === 0) return false;
      add(probe, makeRows(head.get(probe) ?? CHAIN_START));
      return true;
    },
  );
  return {
    addKnown: (probe, rows) => run(() => addKnown.immediate(probe, rows)),
    appendOnce: (probe, key, makeRows) => run(() => appendOnce.immediate(probe, key, makeRows)),
  };
}

/** Inserts rows that are not there yet, makes them leaves of the log and counts them. For use inside transactions. */
function rowAdder({ db }: Engine, log: LogWriter) {
  const add = db.prepare(ENTRY_SQL.add);
  const hashAt = db.prepare<[string, number], { hash: string }>(ENTRY_SQL.hashAt);
  const countUp = db.prepare(ENTRY_SQL.count);
  const moveHead = db.prepare(ENTRY_SQL.moveHead);
  return {
    add: (probe: string, rows: readonly ArchivedRow[]): number => {
      const leaves: NewLeaf[] = [];
      const fresh = rows.filter(({ seq, received, kind, target, at, text, hash }) => {
        const { changes, lastInsertRowid: id } = add.run(probe, seq, received, kind, target, at, text, hash);
        if (changes > 0) leaves.push({ id, text });
        if (changes > 0 || hashAt.get(probe, seq)?.hash === hash) return changes > 0;
        throw new CodedError("bad_input", `Another entry ${seq} of probe ${probe} is stored.`);
      });
      log(leaves);
      const measured = fresh.filter(({ target }) => target !== null);
      countUp.run(measured.length, Math.max(0, ...measured.map(({ at }) => at)), probe);
      return fresh.length;
    },
    moveHead: (probe: string, { seq, hash }: ChainHead) => void moveHead.run(seq, hash, probe),
  };
}

type RowAdder = ReturnType<typeof rowAdder>;
