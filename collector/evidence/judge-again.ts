import { z } from "zod";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Incident } from "../../protocol/incident.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import {
  canonicalEntry,
  entryIn,
  type HeldLine,
  keyOrder,
  lineText,
  readTail,
  type Span,
  type Tail,
} from "../replay/entry-line.ts";
import { replayLines } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { entryBytes, readTailOf } from "../replay/tail-bytes.ts";
import { textSource } from "../replay/text-source.ts";
import { canonicalTexts } from "./verdict-texts.ts";

/** Whose an entry is, and where it stands in its chain. */
export type ChainedEntry = {
  readonly probe: string;
  readonly seq: number;
  readonly prev: string;
  readonly signature: string | null;
  /** Hash of the entry's text: the name of the record. */
  readonly hash: string;
};

/**
 * An entry of an archive line, and the line itself. `received`: when the collector received it; null where the line does
 * not say. `behind`: how much of a line in canonical JSON stands behind the entry; null for any other line.
 */
export type EnclosedEntry = ChainedEntry &
  (
    | { readonly received: number; readonly behind: number; readonly line: HeldLine }
    | { readonly received: number | null; readonly behind: null; readonly line: string }
  );

/** An entry with what its probe signed of it: the text that is hashed and logged. */
export type SignedEntry = { readonly entry: EnclosedEntry; readonly signed: string | Uint8Array };

/** What judging again gave. It can be sent between threads. */
export type Again = {
  readonly rulesVersion: string;
  readonly incidents: readonly Incident[];
  readonly report: ReplayReport;
  /** Canonical verdicts, each once. */
  readonly texts: readonly string[];
  /** Place in `texts` of each entry's verdict, in the order in which the entries were given; -1 where it has none. */
  readonly verdictOf: Int32Array;
};

const EntryLine = z.looseObject({
  type: z.literal("entry"),
  received: z.string().default(""),
  entry: z.looseObject({ probe: z.string(), seq: z.number(), prev: z.string() }),
  signature: z.string().nullable().default(null),
});
const KeyLine = z.looseObject({
  type: z.literal("probe"),
  id: z.string(),
  publicKey: z.string().nullable().default(null),
});

/** The entry of an archive line; null when the line holds none. */
export function enclosedEntry(line: string): EnclosedEntry | null {
  return signedEntry(line)?.entry ?? null;
}

/** The same with what was signed. */
export function signedEntry(line: string): SignedEntry | null {
  const tail = readTail(line);
  if (tail !== null) return canonicalLine(tail, entryIn(line, tail), line);
  const parsed = EntryLine.safeParse(parsedJson(line));
  if (!parsed.success) return null;
  const { entry, signature } = parsed.data;
  const signed = canonicalEntry(entry);
  const { probe, seq, prev } = entry;
  const time = Date.parse(parsed.data.received);
  const received = Number.isNaN(time) ? null : time;
  if (signed === null) return null;
  return {
    entry: { probe, seq, prev, signature, hash: sha256Hex(signed), received, behind: null, line },
    signed,
  };
}

/** The same of a line in UTF-8: one in canonical JSON is hashed as it stands, and no text is made of it until it is asked for. */
export function signedEntryOf(span: Span): SignedEntry | null {
  const tail = readTailOf(span);
  return tail === null ? signedEntry(lineText(span)) : canonicalLine(tail, entryBytes(span, tail), span);
}

function canonicalLine(tail: Tail, signed: string | Uint8Array, line: HeldLine): SignedEntry {
  const { probe, seq, prev, signature, received, behind } = tail;
  return { entry: { probe, seq, prev, signature, hash: sha256Hex(signed), received, behind, line }, signed };
}

/** Keys of the probes that lines tell of; null where a line tells none. A key that the id is not made of does not count. */
export function keysOf(context: readonly string[]): ReadonlyMap<string, string | null> {
  const keys = new Map<string, string | null>();
  for (const line of context) {
    const parsed = line.includes('"type":"probe"') ? KeyLine.safeParse(parsedJson(line)) : null;
    if (!parsed?.success) continue;
    const { id, publicKey } = parsed.data;
    if (publicKey === null || probeIdOf(publicKey) === id) keys.set(id, publicKey ?? keys.get(id) ?? null);
  }
  return keys;
}

/**
 * Judges enclosed records again: those of probes whose key is enclosed. Whether signatures cover them is another check
 * (verify/signed-check.ts), which is quicker for itself.
 */
export async function judgeAgain(
  { context, entries }: { context: readonly string[]; entries: readonly EnclosedEntry[] },
  { knowledge, regions }: { knowledge: Knowledge; regions: readonly { code: string; timeZone: string }[] },
): Promise<Again> {
  const keys = keysOf(context);
  // In the order of replay: it need then not sort, which it does with the help of a file.
  const judged = entries.filter(
    (entry): entry is Timed => entry.received !== null && typeof keys.get(entry.probe) === "string",
  );
  judged.sort(keyOrder);
  const lines = judged.map((entry) => (entry.behind === null ? entry.line : entry));
  const places = placesOf(entries);
  const verdictOf = new Int32Array(entries.length).fill(-1);
  const { texts, placeOf } = canonicalTexts();
  const { output, report } = await replayLines(textSource([...context, ...lines]), {
    ...{ unsigned: true, knowledge, regions },
    judged: (all) => {
      for (const { probe, seq, verdict } of all) verdictOf[places.get(probe)?.get(seq) ?? -1] = placeOf(verdict);
    },
  });
  return { rulesVersion: output.rulesVersion, incidents: output.incidents, report, texts, verdictOf };
}

/** Where among these an entry stands, by its probe and number: of several under one number the one that replay takes. */
function placesOf(entries: readonly EnclosedEntry[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const places = new Map<string, Map<number, number>>();
  for (const [place, { probe, seq, received }] of entries.entries()) {
    const own = places.get(probe) ?? new Map<number, number>();
    const other = entries[own.get(seq) ?? -1];
    if (other === undefined || Number(received) < Number(other.received)) own.set(seq, place);
    places.set(probe, own);
  }
  return places;
}

type Timed = EnclosedEntry & { readonly received: number };

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
