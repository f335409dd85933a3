import { z } from "zod";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Incident } from "../../protocol/incident.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import { canonicalEntry, keyOrder, readTail } from "../replay/entry-line.ts";
import { replayLines } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
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

/** An entry of an archive line, with the exact text that was signed, hashed and logged. */
export type EnclosedEntry = ChainedEntry & {
  readonly entryText: string;
  /** When the collector received it; null where the line does not say. */
  readonly received: number | null;
  /** Whether the line is in canonical JSON, so that `entryText` stands in it as it is. */
  readonly plain: boolean;
  readonly line: string;
};

/** What judging again gave. It can be sent between threads. */
export type Again = {
  readonly rulesVersion: string;
  readonly incidents: readonly Incident[];
  readonly report: ReplayReport;
  /** Canonical verdicts, each once. */
  readonly texts: readonly string[];
  /** Place of its verdict in `texts` by record (the hash of the entry). */
  readonly verdicts: ReadonlyMap<string, number>;
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
  const tail = readTail(line);
  if (tail !== null) {
    const { probe, seq, prev, signature, entryText, received } = tail;
    return { probe, seq, prev, signature, entryText, hash: sha256Hex(entryText), received, plain: true, line };
  }
  const parsed = EntryLine.safeParse(parsedJson(line));
  if (!parsed.success) return null;
  const { entry, signature } = parsed.data;
  const entryText = canonicalEntry(entry);
  const { probe, seq, prev } = entry;
  const time = Date.parse(parsed.data.received);
  const received = Number.isNaN(time) ? null : time;
  if (entryText === null) return null;
  return { probe, seq, prev, signature, entryText, hash: sha256Hex(entryText), received, plain: false, line };
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
  const lines = [...context, ...judged.map(({ line }) => line)];
  const records = new Map<string, Map<number, string>>();
  for (const { probe, seq, hash } of judged)
    records.set(probe, (records.get(probe) ?? new Map<number, string>()).set(seq, hash));
  const verdicts = new Map<string, number>();
  const { texts, placeOf } = canonicalTexts();
  const { output, report } = await replayLines(
    textSource(lines, (at) => {
      // What was read of a line need not be read again.
      const entry = judged[at - context.length];
      return entry?.plain === true ? entry : null;
    }),
    {
      ...{ unsigned: true, knowledge, regions },
      judged: (all) => {
        for (const { probe, seq, verdict } of all) verdicts.set(records.get(probe)?.get(seq) ?? "", placeOf(verdict));
      },
    },
  );
  return { rulesVersion: output.rulesVersion, incidents: output.incidents, report, texts, verdicts };
}

type Timed = EnclosedEntry & { readonly received: number };

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
