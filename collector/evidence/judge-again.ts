import { z } from "zod";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Incident } from "../../protocol/incident.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import { canonicalEntry, readTail } from "../replay/entry-line.ts";
import { replayLines } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { textSource } from "../replay/source.ts";

/** An entry of an archive line: whose it is, and the exact text that was signed, hashed and logged. */
export type EnclosedEntry = {
  readonly probe: string;
  readonly seq: number;
  readonly text: string;
  readonly record: string;
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
  entry: z.looseObject({ probe: z.string(), seq: z.number() }),
});

/** The entry of an archive line; null when the line holds none. */
export function enclosedEntry(line: string): EnclosedEntry | null {
  const tail = readTail(line);
  if (tail !== null)
    return { probe: tail.probe, seq: tail.seq, text: tail.entryText, record: sha256Hex(tail.entryText) };
  const parsed = parseJson(EntryLine, line);
  const text = parsed.ok ? canonicalEntry(parsed.value.entry) : null;
  if (!parsed.ok || text === null) return null;
  return { probe: parsed.value.entry.probe, seq: parsed.value.entry.seq, text, record: sha256Hex(text) };
}

/** Judges enclosed records again; entries that no signature covers are refused and told in the report. */
export async function judgeAgain(
  lines: readonly string[],
  { knowledge, regions }: { knowledge: Knowledge; regions: readonly { code: string; timeZone: string }[] },
): Promise<Again> {
  const byName = new Map<string, string>();
  const { output, report } = await replayLines(textSource(lines), {
    ...{ unsigned: false, knowledge, regions },
    judged: (all) => {
      for (const { probe, seq, verdict } of all) byName.set(`${probe}/${seq}`, canonicalJson(verdict));
    },
  });
  const verdicts = new Map<string, string>();
  for (const line of lines) {
    const entry = enclosedEntry(line);
    const verdict = entry === null ? undefined : byName.get(`${entry.probe}/${entry.seq}`);
    if (entry !== null && verdict !== undefined) verdicts.set(entry.record, verdict);
  }
  return { rulesVersion: output.rulesVersion, incidents: output.incidents, report, verdicts };
}

const VerdictLine = z.looseObject({ record: z.string(), target: z.unknown(), at: z.unknown() });

/** How many published verdicts (lines of verdicts.ndjson) are not those that judging again gives. */
export function differing(told: readonly string[], verdicts: ReadonlyMap<string, string>): number {
  return told.filter((line) => {
    const parsed = parseJson(VerdictLine, line);
    if (!parsed.ok) return true;
    const { record, target: _target, at: _at, ...verdict } = parsed.value;
    return verdicts.get(record) !== canonicalJson(verdict);
  }).length;
}
