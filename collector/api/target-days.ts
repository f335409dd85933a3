import type { EpochMs } from "../analysis/types.ts";
import type { StoredProbe, VerdictRow } from "../store/store.ts";
import { utc } from "../time.ts";
import { isSmall } from "./small-cells.ts";
import type { TargetDay } from "./types.ts";

/** The UTC day of a moment, as `2026-11-21`. */
export function dayOf(at: EpochMs): string {
  return utc(at).slice(0, 10);
}

/**
 * Judgements by witnesses, counted by day and network. Of a network with few witnesses since `from` it is only told
 * that a judgement occurred: a count a day would be the hours of one person's computer.
 */
export function countDays(rows: readonly VerdictRow[], probes: readonly StoredProbe[], from: EpochMs): TargetDay[] {
  const witnesses = probes.filter(({ role, left }) => role === "witness" && (left === null || left >= from));
  const ids = new Set(witnesses.map(({ id }) => id));
  const days = new Map<string, TargetDay>();
  for (const { probe, asn, measuredAt, verdict } of rows) {
    if (!ids.has(probe)) continue;
    const day = dayOf(measuredAt);
    const key = `${day} ${asn}`;
    const few = isSmall("witness", witnesses.filter((one) => one.asn === asn).length);
    const counted = days.get(key) ?? { day, asn, codes: {}, ...(few ? { few: true as const } : {}) };
    counted.codes[verdict.code] = few ? 1 : (counted.codes[verdict.code] ?? 0) + 1;
    days.set(key, counted);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.asn) - Number(b.asn)));
}
