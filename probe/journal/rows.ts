import { dirname } from "node:path";
import { CHAIN_START, type ChainHead } from "../../protocol/chain.ts";
import { entryCipherOf } from "../vault.ts";
import type { Database } from "./database.ts";
import { packText, unpackText } from "./packed-text.ts";

/** One stored entry: its canonical JSON as it was hashed, and what lists need beside it. */
export type Row = { seq: number; kind: string; value: number; at: string; hash: string; bytes: number; text: string };

/** A row as the file has it: packed, and sealed where the folder is. Files of earlier versions hold texts as they are. */
export type StoredRow = Omit<Row, "text"> & { text: Buffer | string };

/** The prepared statements of the journal's file. Bytes are those that the file takes for the texts. */
export type Rows = {
  /** Returns the bytes that the text takes. */
  insert: (row: Row) => number;
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

/** Turns the texts of a folder's rows into what is stored, and back; what cannot be read is an empty text, which has no entry's hash. Throws `config`. */
export function textsOf(folder: string): { store: (row: Row) => StoredRow; open: (row: StoredRow) => Row } {
  const cipher = entryCipherOf(folder);
  const textOf = ({ seq, text }: StoredRow): string => {
    if (typeof text !== "string") return unpackText(cipher.open(seq, text) ?? Buffer.alloc(0));
    if (!cipher.isSealed) return text;
    return cipher.open(seq, Buffer.from(text, "base64"))?.toString("utf8") ?? "";
  };
  return {
    store: (row) => ({ ...row, text: cipher.seal(row.seq, packText(row.text)) }),
    open: (row) => ({ ...row, text: textOf(row) }),
  };
}

/** What a row's text takes in the file; of a packed one the length is in its header, which spares reading it. */
const STORED_BYTES = "CASE typeof(text) WHEN 'blob' THEN length(text) ELSE bytes END";

/** Prepares the statements once for an open journal file. Texts are opened and sealed where its folder is sealed. Throws `config`. */
export function prepareRows(database: Database): Rows {
  const texts = textsOf(dirname(database.name));
  const insert = database.prepare("INSERT INTO entry VALUES (@seq, @kind, @value, @at, @hash, @bytes, @text)");
  const last = database.prepare<[], StoredRow>("SELECT * FROM entry ORDER BY seq DESC LIMIT 1");
  const lastOf = database.prepare<[string], StoredRow>("SELECT * FROM entry WHERE kind = ? ORDER BY seq DESC LIMIT 1");
  const first = database.prepare<[], { seq: number | null }>("SELECT min(seq) AS seq FROM entry");
  const hash = database.prepare<[number], { hash: string }>("SELECT hash FROM entry WHERE seq = ?");
  const after = database.prepare<[number, number], StoredRow>("SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT ?");
  const total = database.prepare<[], { bytes: number }>(`SELECT coalesce(sum(${STORED_BYTES}), 0) AS bytes FROM entry`);
  const sizes = database.prepare<[number], { seq: number; bytes: number }>(
    `SELECT seq, ${STORED_BYTES} AS bytes FROM entry WHERE seq <= ? AND seq < (SELECT max(seq) FROM entry) ORDER BY seq`,
  );
  const deleteTo = database.prepare<[number]>("DELETE FROM entry WHERE seq <= ?");
  const note = database.prepare<[string], { text: string }>("SELECT text FROM note WHERE name = ?");
  // In place: a row written anew would touch the index as well.
  const setNote = database.prepare<[string, string]>(
    "INSERT INTO note VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
  );
  const lastRow = (kind?: string) => {
    const row = kind === undefined ? last.get() : lastOf.get(kind);
    return row === undefined ? null : texts.open(row);
  };
  function* rowsAfter(seq: number, count: number): Generator<Row, undefined> {
    for (const row of after.iterate(seq, count)) yield texts.open(row);
  }
  return {
    insert: (row) => {
      const stored = texts.store(row);
      insert.run(stored);
      return stored.text.length;
    },
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
