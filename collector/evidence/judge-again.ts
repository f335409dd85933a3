import { z } from "zod";
import type { Incident } from "../../protocol/incident.ts";
import { probeIdOf } from "../../protocol/signature.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import { type EntryKey, keyOrder } from "../replay/entry-line.ts";
import { replayLines } from "../replay/replay.ts";
import type { ReplayReport } from "../replay/report.ts";
import { sourceOf } from "../replay/text-source.ts";
import type { EnclosedEntries } from "./enclosed-entry.ts";
import { canonicalTexts } from "./verdict-texts.ts";

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

const KeyLine = z.looseObject({
  type: z.literal("probe"),
  id: z.string(),
  publicKey: z.string().nullable().default(null),
});

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

/** What there is to judge again: lines that tell of probes, targets and events, and the entries. */
export type Archive = { readonly context: readonly string[]; readonly entries: EnclosedEntries };

/**
 * Judges enclosed records again: those of probes whose key is enclosed. Whether signatures cover them is another check
 * (verify/signed-check.ts), which is quicker for itself.
 */
export async function judgeAgain(
  { context, entries }: Archive,
  { knowledge, regions }: { knowledge: Knowledge; regions: readonly { code: string; timeZone: string }[] },
): Promise<Again> {
  const judged = inReplayOrder(entries, keysOf(context));
  const order = Uint32Array.from(judged, ({ place }) => place);
  const places = placesOf(judged);
  const verdictOf = new Int32Array(entries.count).fill(-1);
  const { texts, placeOf } = canonicalTexts();
  const source = sourceOf(
    context.length + order.length,
    (line) => context[line] ?? entries.lineAt(order[line - context.length] ?? 0),
  );
  const { output, report } = await replayLines(source, {
    ...{ unsigned: true, knowledge, regions },
    judged: (all) => {
      for (const { probe, seq, verdict } of all) verdictOf[places.get(probe)?.get(seq) ?? -1] = placeOf(verdict);
    },
  });
  return { rulesVersion: output.rulesVersion, incidents: output.incidents, report, texts, verdictOf };
}

type Placed = { readonly key: EntryKey; readonly place: number };

/** Entries of probes with a key, as replay takes them: it need then not sort, which it does with the help of a file. */
function inReplayOrder(entries: EnclosedEntries, keys: ReadonlyMap<string, string | null>): Placed[] {
  const placed: Placed[] = [];
  for (let place = 0; place < entries.count; place++) {
    const key = entries.keyAt(place);
    if (key !== null && typeof keys.get(key.probe) === "string") placed.push({ key, place });
  }
  return placed.sort((a, b) => keyOrder(a.key, b.key));
}

/** Where an entry stands, by its probe and number: of several under one number the first, which is the one that replay takes. */
function placesOf(placed: readonly Placed[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const places = new Map<string, Map<number, number>>();
  for (const { key, place } of placed) {
    const own = places.get(key.probe) ?? new Map<number, number>();
    if (!own.has(key.seq)) own.set(key.seq, place);
    places.set(key.probe, own);
  }
  return places;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
