import type { ProbeInfo } from "../../protocol/archive.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import type { EpochMs, Item } from "../analysis/types.ts";
import { itemOrder } from "../judging/item-order.ts";
import { dnsItems, presenceItems } from "../judging/presence-items.ts";
import { utc } from "../time.ts";
import type { ProbeLine, Survey } from "./survey.ts";

/** Three missed beats of 30 seconds: younger silence at the end of an archive is not silence (design 4.5). */
const SILENCE_MS = 90_000;

/** An entry with the time of its receipt. */
export type Received = { readonly received: EpochMs; readonly entry: Entry };

/**
 * Everything of an archive as the analysis takes it live: probes when they come, change and go, presences at their two
 * moments, times without a collector when it came back, entries as they were received, and a last tick at the end. Some
 * at a time.
 */
export async function* archiveItems(
  survey: Survey,
  entries: AsyncIterable<readonly Received[]>,
): AsyncGenerator<Item[]> {
  const { end } = survey;
  if (end === null) return;
  const others = [...probeItems(survey, end), ...presences(survey, end), ...gapItems(survey)].sort(itemOrder);
  let next = 0;
  for await (const batch of entries) {
    const items: Item[] = [];
    for (const { received, entry } of batch) {
      for (let other = others[next]; other !== undefined && other.at <= received; other = others[++next])
        items.push(other);
      items.push({ type: "entry", at: received, entry });
    }
    yield items;
  }
  yield [...others.slice(next), { type: "tick", at: end }];
}

/** A probe may have several lines, one after the other, when its network or region changed. */
function probeItems({ probes, firstSeen }: Survey, end: EpochMs): Item[] {
  const lines = new Map<string, ProbeLine[]>();
  for (const line of probes) lines.set(line.id, [...(lines.get(line.id) ?? []), line]);
  return [...lines].flatMap(([id, ofProbe]) => {
    const first = firstSeen.get(id) ?? end;
    const begins = ({ from }: ProbeLine) => (from === null ? first : Date.parse(from));
    const inTurn = ofProbe.sort((a, b) => begins(a) - begins(b));
    return inTurn.flatMap((line, index): Item[] => {
      const from = index === 0 ? Math.min(first, begins(line)) : begins(line);
      const info = { ...line, from: utc(begins(line)) };
      const joined: Item = { type: "probe", at: from, probe: { ...info, to: null } };
      const left = line.to === null ? end : Date.parse(line.to);
      const next = inTurn[index + 1];
      const gone = left < end && (next === undefined || begins(next) > left);
      return gone ? [joined, { type: "probe", at: Math.max(from, left), probe: info }] : [joined];
    });
  });
}

function presences(survey: Survey, end: EpochMs): Item[] {
  const rows = survey.presences.map(({ probe, from, to, received, route }) => {
    const [start, last, known] = [Date.parse(from), Date.parse(to), Date.parse(received)];
    // Only at the end can `received` have been capped; before it, silence is what the collector took for it.
    const capped = known === end && known - last < SILENCE_MS;
    return { probe, from: start, to: last, received: last === end || capped ? null : known, route };
  });
  const [byDns, byLine] = [rows.filter(({ route }) => route === "dns"), rows.filter(({ route }) => route !== "dns")];
  return [...presenceItems(byLine, (probe, at) => infoAt(survey, probe, at)), ...dnsItems(byDns)];
}

function infoAt({ probes }: Survey, id: string, at: EpochMs): ProbeInfo | null {
  const lines = probes.filter((line) => line.id === id && (line.to === null || Date.parse(line.to) > at));
  const inForce = lines.findLast(({ from }) => from === null || Date.parse(from) <= at) ?? lines[0];
  return inForce === undefined ? null : { ...inForce, from: inForce.from ?? utc(at), to: null };
}

function gapItems({ gaps }: Survey): Item[] {
  return gaps.map(({ from, to }) => ({ type: "gap", at: Date.parse(to), from: Date.parse(from), to: Date.parse(to) }));
}
