import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { createGzip } from "node:zlib";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { createSealer, SEAL_CHUNK_BYTES, type Sealer } from "../../protocol/seal.ts";
import type { ContinueRequest } from "../../protocol/wire.ts";
import type { Identity } from "../identity/identity.ts";
import type { Row, Rows } from "../journal/rows.ts";

/** Which entries a file holds, and its size. */
export type Exported = { entries: number; from: number | null; to: number | null; bytes: number };

/** Entries of one key after a number. */
export type Source = { rows: Rows; identity: Identity; after: number };

type Order = {
  sources: readonly Source[];
  /** Which key of this host goes on for which; before the entries. */
  continuations: readonly ContinueRequest[];
  path: string;
  /** The collector's key; null writes what anybody can read. */
  sealKey: string | null;
};

/**
 * Writes journal entries to a file: lines of an archive (entries as they were hashed, a signature of the probe over
 * each 500th, the last, and the last before a hole), gzipped, sealed for the collector. Written beside and renamed, so that a half-written file
 * never bears the name. Throws `cannot_write` or `io` naming the file.
 */
export async function exportFile(order: Order): Promise<Exported> {
  const part = `${order.path}.part`;
  const sealer = order.sealKey === null ? null : createSealer(order.sealKey);
  try {
    // Another file is never written over: it may hold the only copy of earlier records.
    const file = openSync(part, "wx", 0o600);
    let exported: Exported;
    try {
      exported = await write(order, createSink(file, sealer));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, order.path);
    return exported;
  } catch (error) {
    rmSync(part, { force: true });
    throw fileError(error, order.path);
  }
}

async function write({ sources, continuations }: Order, sink: Sink): Promise<Exported> {
  const gzip = createGzip();
  const flowing = drain(gzip, sink);
  const exported: Exported = { entries: 0, from: null, to: null, bytes: 0 };
  for (const said of continuations) gzip.write(`${JSON.stringify({ type: "continue", ...said })}\n`);
  for (const source of sources) {
    for (const page of pagesOf(source)) {
      const text = page.map((row, place) => line(row, signatureAt(page, place, source.identity))).join("");
      if (!gzip.write(text)) await new Promise((resolve) => gzip.once("drain", resolve));
      exported.entries += page.length;
      exported.from ??= page[0]?.seq ?? null;
      exported.to = page.at(-1)?.seq ?? null;
    }
  }
  gzip.end();
  return { ...exported, bytes: await flowing };
}

function* pagesOf({ rows, after }: Source): Generator<Row[]> {
  for (let seq = after; ; ) {
    const page = [...rows.after(seq, LIMITS.entriesPerBatch)];
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    seq = last.seq;
  }
}

/** One at the end of each page, and before each hole, which no later signature reaches over. */
function signatureAt(page: readonly Row[], place: number, identity: Identity): string | null {
  const [row, next] = [page[place], page[place + 1]];
  if (row === undefined || (next !== undefined && next.seq === row.seq + 1)) return null;
  return identity.sign("journal", row.hash);
}

/** The entry stands as the text that was hashed; there is no `received`, for no collector has received it. */
function line({ text }: Row, signature: string | null): string {
  return `{"type":"entry","entry":${text}${signature === null ? "" : `,"signature":"${signature}"`}}\n`;
}

async function drain(gzip: AsyncIterable<Buffer>, sink: Sink): Promise<number> {
  for await (const chunk of gzip) sink.take(chunk);
  return sink.end();
}

type Sink = { take: (data: Buffer) => void; end: () => number };

/** Cuts what comes into chunks and writes them, sealed or plain. `end` gives the bytes written. */
function createSink(file: number, sealer: Sealer | null): Sink {
  let held = Buffer.alloc(0);
  let bytes = 0;
  const put = (data: Uint8Array) => {
    bytes += writeSync(file, data);
  };
  if (sealer !== null) put(sealer.header);
  const flush = (last: boolean) => {
    const chunk = held.subarray(0, SEAL_CHUNK_BYTES);
    put(sealer === null ? chunk : sealer.seal(chunk, last));
    held = held.subarray(SEAL_CHUNK_BYTES);
  };
  return {
    take: (data) => {
      held = Buffer.concat([held, data]);
      while (held.length > SEAL_CHUNK_BYTES) flush(false);
    },
    end: () => {
      flush(true);
      return bytes;
    },
  };
}

function fileError(error: unknown, path: string): CodedError {
  if (error instanceof CodedError) return error;
  const code = errorCode(error) ?? String(error);
  const cause = { cause: error };
  if (code === "EEXIST")
    return new CodedError("cannot_write", `${path}.part is in the way: remove it, or choose another name.`, cause);
  if (code === "ENOSPC") return new CodedError("io", `The disk that holds ${path} is full.`, cause);
  return new CodedError("cannot_write", `${path} cannot be written (${code}). Choose another place.`, cause);
}
