import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EntryLine, keyOrder, lineOrder } from "./entry-line.ts";
import type { LineSource } from "./source.ts";
import { entryLines } from "./survey.ts";

/** The entry lines of an archive in the order of replay, some at a time, as often as they are asked for. */
export type OrderedEntries = {
  readonly entries: () => AsyncIterable<readonly EntryLine[]>;
  close: () => Promise<void>;
};

/** Text held while sorting; more is sorted in pieces that lie in a temporary file. Characters. */
const PIECE_CHARS = 128 * 1024 * 1024;
const READ_BYTES = 256 * 1024;
/** Lines that are handed on at once. */
const BATCH = 128;

/**
 * Entry lines in order. An archive that stands in order (as exports do) is streamed; any other is sorted: in memory
 * while it fits a piece, else piece by piece into a temporary file that is merged while it is read.
 */
export async function inOrder(source: LineSource, ordered: boolean, pieceChars = PIECE_CHARS): Promise<OrderedEntries> {
  if (ordered) return { entries: () => steady(entryLines(source.batches(), true)), close: async () => undefined };
  const pieces = await openPieces();
  try {
    let held: EntryLine[] = [];
    let chars = 0;
    for await (const batch of entryLines(source.batches()))
      for (const line of batch) {
        held.push(line);
        chars += line.text.length;
        if (chars < pieceChars) continue;
        pieces.add(held.sort(lineOrder));
        [held, chars] = [[], 0];
      }
    const last = held.sort(lineOrder);
    return { entries: () => merged([...pieces.readers(), last[Symbol.iterator]()]), close: pieces.close };
  } catch (error) {
    await pieces.close();
    throw error;
  }
}

/** Lines that stand in order but for those of one key, which are ordered by their text. */
async function* steady(batches: AsyncIterable<readonly EntryLine[]>): AsyncGenerator<EntryLine[]> {
  let held: EntryLine[] = [];
  for await (const batch of batches) {
    const lines: EntryLine[] = [];
    for (const line of batch) {
      const first = held[0];
      if (first !== undefined && keyOrder(first, line) !== 0) {
        lines.push(...(held.length > 1 ? held.sort(lineOrder) : held));
        held = [];
      }
      held.push(line);
    }
    yield lines;
  }
  yield held.sort(lineOrder);
}

async function* merged(readers: readonly Iterator<EntryLine>[]): AsyncGenerator<EntryLine[]> {
  const heads = readers.flatMap((reader) => {
    const first = reader.next();
    return first.done === true ? [] : [{ line: first.value, reader }];
  });
  let batch: EntryLine[] = [];
  while (heads.length > 0) {
    let least = 0;
    for (let index = 1; index < heads.length; index++) {
      const [one, best] = [heads[index], heads[least]];
      if (one !== undefined && best !== undefined && lineOrder(one.line, best.line) < 0) least = index;
    }
    const head = heads[least];
    if (head === undefined) break;
    batch.push(head.line);
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
    const next = head.reader.next();
    if (next.done === true) heads.splice(least, 1);
    else head.line = next.value;
  }
  yield batch;
}

type Pieces = {
  add: (lines: readonly EntryLine[]) => void;
  readers: () => Iterator<EntryLine>[];
  close: () => Promise<void>;
};

async function openPieces(): Promise<Pieces> {
  const folder = await mkdtemp(join(tmpdir(), "kuager-sort-"));
  const file = openSync(join(folder, "pieces"), "w+", 0o600);
  const bounds: { from: number; to: number }[] = [];
  let end = 0;
  return {
    add: (lines) => {
      const from = end;
      for (let index = 0; index < lines.length; index += 256) {
        const texts = lines.slice(index, index + 256).map((line) => `${JSON.stringify(keyOf(line))}\t${line.text}\n`);
        const bytes = Buffer.from(texts.join(""));
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, end + done);
        end += bytes.length;
      }
      bounds.push({ from, to: end });
    },
    readers: () => bounds.map(({ from, to }) => readPiece(file, from, to)),
    close: async () => {
      closeSync(file);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function keyOf({ received, probe, seq, number }: EntryLine): unknown[] {
  return [received, probe, seq, number];
}

function* readPiece(file: number, from: number, to: number): Generator<EntryLine> {
  let rest = Buffer.alloc(0);
  for (let at = from; at < to; ) {
    const part = Buffer.alloc(Math.min(READ_BYTES, to - at));
    at += readSync(file, part, 0, part.length, at);
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    let begin = 0;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, begin)) {
      yield parsePiece(rest.toString("utf8", begin, end));
      begin = end + 1;
    }
    rest = rest.subarray(begin);
  }
}

function parsePiece(row: string): EntryLine {
  const tab = row.indexOf("\t");
  // The cast is sound: we wrote the row.
  const [received, probe, seq, number] = JSON.parse(row.slice(0, tab)) as [number, string, number, number];
  return { received, probe, seq, number, text: row.slice(tab + 1) };
}
