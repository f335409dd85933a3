import type { EpochMs } from "../analysis/types.ts";
import type { VerdictCount } from "../store/rollups.ts";
import type { StoredProbe } from "../store/store.ts";
import { utc } from "../time.ts";
import { isSmall } from "./small-cells.ts";
import type { TargetDay } from "./types.ts";

/** The UTC day of a moment, as `2026-11-21`. */
export function dayOf(at: EpochMs): string {
  return utc(at).slice(0, 10);
}

/**
 * Judgements by witnesses, by day and network. Of a network with few witnesses since `from` it is only told that a
 * judgement occurred: a count a day would be the hours of one person's computer.
 */
export function daysOf(
  counts: readonly VerdictCount[],
  probes: readonly StoredProbe[],
  { from, enough }: { readonly from: EpochMs; readonly enough: number },
): TargetDay[] {
  const witnesses = probes.filter(({ role, left }) => role === "witness" && (left === null || left >= from));
  const days = new Map<string, TargetDay>();
  for (const { start = 0, asn = null, code, count } of counts) {
    const day = dayOf(start);
    const few = isSmall("witness", witnesses.filter((one) => one.asn === asn).length, enough);
    const counted = days.get(`${day} ${asn}`) ?? { day, asn, codes: {}, ...(few ? { few: true as const } : {}) };
    counted.codes[code] = few ? 1 : (counted.codes[code] ?? 0) + count;
    days.set(`${day} ${asn}`, counted);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.asn) - Number(b.asn)));
}
