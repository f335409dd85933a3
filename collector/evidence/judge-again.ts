import { z } from "zod";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Incident } from "../../protocol/incident.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import { canonicalEntry, type EntryKey, keyOrder, readTail } from "../replay/entry-line.ts";
import { replayLines } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { textSource } from "../replay/source.ts";

/** An entry of an archive line: whose it is, and the exact text that was signed, hashed and logged. */
export type EnclosedEntry = {
  readonly probe: string;
  readonly seq: number;
  readonly prev: string;
  readonly signature: string | null;
  readonly text: string;
  readonly record: string;
  /** When the collector received it; null where the line does not say. */
  readonly received: number | null;
  readonly line: string;
};

export type Again = {
  readonly rulesVersion: string;
  readonly incidents: readonly Incident[];
  readonly report: ReplayReport;
  /** Canonical verdicts by record (the hash of the entry). */
  readonly verdicts: ReadonlyMap<string, string>;
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
    const { entryText: text, ...rest } = tail;
    return { ...rest, text, record: sha256Hex(text), line };
  }
  const parsed = EntryLine.safeParse(parsedJson(line));
  if (!parsed.success) return null;
  const { entry, signature } = parsed.data;
  const text = canonicalEntry(entry);
  const { probe, seq, prev } = entry;
  const time = Date.parse(parsed.data.received);
  const received = Number.isNaN(time) ? null : time;
  return text === null ? null : { probe, seq, prev, signature, text, record: sha256Hex(text), received, line };
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
  const records = new Map<string, string>();
  const keyed: (EntryKey & { line: string })[] = [];
  for (const { received, probe, seq, line, record } of entries) {
    if (received === null || typeof keys.get(probe) !== "string") continue;
    records.set(`${probe}/${seq}`, record);
    keyed.push({ received, probe, seq, line });
  }
  // In the order of replay: it need then not sort, which it does with the help of a file.
  const lines = [...context, ...keyed.sort(keyOrder).map(({ line }) => line)];
  const verdicts = new Map<string, string>();
  // Most verdicts are alike, and one text stands for all of them.
  const texts = new Map<string, string>();
  const { output, report } = await replayLines(textSource(lines), {
    ...{ unsigned: true, knowledge, regions },
    judged: (all) => {
      for (const { probe, seq, verdict } of all) {
        const text = canonicalJson(verdict);
        if (!texts.has(text)) texts.set(text, text);
        verdicts.set(records.get(`${probe}/${seq}`) ?? "", texts.get(text) ?? text);
      }
    },
  });
  return { rulesVersion: output.rulesVersion, incidents: output.incidents, report, verdicts };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How many published verdicts (lines of verdicts.ndjson) are not those that judging again gives. */
export function differing(told: readonly string[], verdicts: ReadonlyMap<string, string>): number {
  return told.filter((line) => {
    const value = parsedJson(line);
    if (!isVerdictLine(value)) return true;
    const { record, target: _target, at: _at, ...verdict } = value;
    return verdicts.get(record) !== canonicalJson(verdict);
  }).length;
}

/** There are as many of these lines as measurements: a schema would take as long as the rest of the check. */
function isVerdictLine(value: unknown): value is { record: string; target: unknown; at: unknown } {
  return typeof value === "object" && value !== null && "record" in value && typeof value.record === "string";
}
