import type { EpochMs } from "../analysis/types.ts";
import type { StoredProbe } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Reader } from "./reader.ts";
import { isSmall } from "./small-cells.ts";
import type { TargetDay } from "./types.ts";

/** More networks and codes than there can be, times the days. */
const COUNTS_MAX = 200_000;

/** The UTC day of a moment, as `2026-11-21`. */
export function dayOf(at: EpochMs): string {
  return utc(at).slice(0, 10);
}

/**
 * Judgements by witnesses, counted by day and network. Of a network with few witnesses since `from` it is only told
 * that a judgement occurred: a count a day would be the hours of one person's computer.
 */
export async function countDays(
  { store }: Reader,
  target: string,
  { from, to }: { from: EpochMs; to: EpochMs },
): Promise<TargetDay[]> {
  const [probes, counts] = await Promise.all([
    store.probes.all(),
    store.rollups.verdicts({
      ...{ from, to, target, grain: "day", by: ["start", "asn"], rowsMax: COUNTS_MAX },
      ...{ role: "witness", asn: null, region: null, access: null },
    }),
  ]);
  const days = new Map<string, TargetDay>();
  for (const { start = from, asn = null, code, count } of counts) {
    const day = dayOf(start);
    const key = `${day} ${asn}`;
    const few = isSmall("witness", witnessesOf(probes, asn, from));
    const counted = days.get(key) ?? { day, asn, codes: {}, ...(few ? { few: true as const } : {}) };
    counted.codes[code] = few ? 1 : count;
    days.set(key, counted);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.asn) - Number(b.asn)));
}

function witnessesOf(probes: readonly StoredProbe[], asn: number | null, from: EpochMs): number {
  return probes.filter((one) => one.role === "witness" && one.asn === asn && (one.left === null || one.left >= from))
    .length;
}
