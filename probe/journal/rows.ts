import { dirname } from "node:path";
import { CHAIN_START, type ChainHead } from "../../protocol/chain.ts";
import { textCipherOf } from "../vault.ts";
import type { Database } from "./database.ts";

/** One stored entry: its canonical JSON as it was hashed, and what lists need beside it. */
export type Row = { seq: number; kind: string; value: number; at: string; hash: string; bytes: number; text: string };

/** The prepared statements of the journal's file. */
export type Rows = {
  insert: (row: Row) => void;
  head: () => ChainHead;
  firstSeq: () => number | null;
  hashAt: (seq: number) => string | null;
  /** The newest entry, of one kind if asked. */
  last: (kind?: string) => Row | null;
  after: (seq: number, count: number) => IterableIterator<Row>;
  totalBytes: () => number;
  /** Deletes entries up to `seq`, oldest first, until `bytes` are freed; the newest entry always stays. Returns the bytes freed. */
  deleteOldest: (seq: number, bytes: number) => number;
  note: (name: string) => string | null;
  setNote: (name: string, text: string) => void;
};

/** Prepares the statements once for an open journal file. Texts are opened and sealed where its folder is sealed. Throws `config`. */
export function prepareRows(database: Database): Rows {
  const cipher = textCipherOf(dirname(database.name));
  const opened = (row: Row): Row => ({ ...row, text: cipher.open(row.seq, row.text) });
  const insert = database.prepare("INSERT INTO entry VALUES (@seq, @kind, @value, @at, @hash, @bytes, @text)");
  const last = database.prepare<[], Row>("SELECT * FROM entry ORDER BY seq DESC LIMIT 1");
  const lastOf = database.prepare<[string], Row>("SELECT * FROM entry WHERE kind = ? ORDER BY seq DESC LIMIT 1");
  const first = database.prepare<[], { seq: number | null }>("SELECT min(seq) AS seq FROM entry");
  const hash = database.prepare<[number], { hash: string }>("SELECT hash FROM entry WHERE seq = ?");
  const after = database.prepare<[number, number], Row>("SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT ?");
  const total = database.prepare<[], { bytes: number }>("SELECT coalesce(sum(bytes), 0) AS bytes FROM entry");
  const sizes = database.prepare<[number], { seq: number; bytes: number }>(
    "SELECT seq, bytes FROM entry WHERE seq <= ? AND seq < (SELECT max(seq) FROM entry) ORDER BY seq",
  );
  const deleteTo = database.prepare<[number]>("DELETE FROM entry WHERE seq <= ?");
  const note = database.prepare<[string], { text: string }>("SELECT text FROM note WHERE name = ?");
  const setNote = database.prepare<[string, string]>("INSERT OR REPLACE INTO note VALUES (?, ?)");
  const lastRow = (kind?: string) => {
    const row = kind === undefined ? last.get() : lastOf.get(kind);
    return row === undefined ? null : opened(row);
  };
  function* rowsAfter(seq: number, count: number): Generator<Row, undefined> {
    for (const row of after.iterate(seq, count)) yield opened(row);
  }
  return {
    insert: (row) => void insert.run({ ...row, text: cipher.seal(row.seq, row.text) }),
    head: () => {
      const row = lastRow();
      return row === null ? CHAIN_START : { seq: row.seq, hash: row.hash };
    },
    firstSeq: () => first.get()?.seq ?? null,
    hashAt: (seq) => hash.get(seq)?.hash ?? null,
    last: lastRow,
    after: rowsAfter,
    totalBytes: () => total.get()?.bytes ?? 0,
    deleteOldest: (seq, bytes) => {
      let freed = 0;
      let upTo = 0;
      for (const row of sizes.iterate(seq)) {
        if (freed >= bytes) break;
        freed += row.bytes;
        upTo = row.seq;
      }
      if (upTo > 0) deleteTo.run(upTo);
      return freed;
    },
    note: (name) => note.get(name)?.text ?? null,
    setNote: (name, text) => void setNote.run(name, text),
  };
}
