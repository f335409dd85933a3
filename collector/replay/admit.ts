import { sha256Hex } from "../../protocol/hash.ts";
import { verifyText } from "../../protocol/signature.ts";
import { type ChainBook, createChainBook, type Placed } from "./chain-book.ts";
import { canonicalEntry, type EntryLine, entryIn, readTail, type Tail } from "./entry-line.ts";

/** An entry line with its place in the chain. `entryText` is its canonical text, or taken for it. */
export type Linked = EntryLine & {
  readonly prev: string;
  readonly hash: string;
  readonly signature: string | null;
  readonly entryText: string;
};

export type Chains = {
  /** Reads the chain fields of a line; null when they are not there. */
  link: (line: EntryLine) => Linked | null;
  place: (linked: Linked) => Placed;
  readonly book: ChainBook;
};

/**
 * Chains of an archive. The text of an entry in a canonical line is hashed as it stands; should a chain not hold so,
 * the texts are made canonical first from there on, as an archive of another program may write them otherwise.
 */
export function createChains(): Chains {
  const book = createChainBook();
  const last = new Map<string, Linked>();
  let careful = false;
  const link = (line: EntryLine): Linked | null => {
    const tail = line.tail === undefined ? readTail(line.text) : line.tail;
    const { received, probe, seq, number, text } = line;
    const read = tail === null ? readSlowly(text) : withText(text, tail);
    if (read === null) return null;
    const { prev, signature, entryText: found } = read;
    const entryText = careful && tail !== null ? madeCanonical(found) : found;
    const known = entryText === found ? tail?.hash : undefined;
    return { received, probe, seq, number, text, prev, signature, entryText, hash: known ?? sha256Hex(entryText) };
  };
  const mend = (linked: Linked): void => {
    const before = last.get(linked.probe);
    if (careful || before === undefined || before.seq !== linked.seq - 1 || before.hash === linked.prev) return;
    if (sha256Hex(madeCanonical(before.entryText)) !== linked.prev) return;
    careful = true;
    book.correct(before, linked.prev);
  };
  return {
    book,
    link,
    place: (linked) => {
      mend(linked);
      const sure = careful ? { ...linked, hash: link(linked)?.hash ?? linked.hash } : linked;
      const placed = book.place(sure);
      if (placed === "new" || placed === "broken") last.set(linked.probe, sure);
      return placed;
    },
  };
}

/** Whether the signature on a line holds over its entry. */
export function isSigned({ hash, signature }: Linked, publicKey: string | undefined): boolean {
  return publicKey !== undefined && signature !== null && verifyText(publicKey, "journal", hash, signature);
}

function madeCanonical(text: string): string {
  const entry = parsed(text);
  return (entry === undefined ? null : canonicalEntry(entry)) ?? text;
}

/** The value of JSON text; undefined for any other text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withText(line: string, tail: Tail): Pick<Linked, "prev" | "signature" | "entryText"> {
  return { prev: tail.prev, signature: tail.signature, entryText: entryIn(line, tail) };
}

function readSlowly(text: string): Pick<Linked, "prev" | "signature" | "entryText"> | null {
  const line = parsed(text);
  if (!isRecord(line) || !isRecord(line.entry)) return null;
  const { prev } = line.entry;
  const entryText = canonicalEntry(line.entry);
  if (typeof prev !== "string" || entryText === null) return null;
  return { prev, entryText, signature: typeof line.signature === "string" ? line.signature : null };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
