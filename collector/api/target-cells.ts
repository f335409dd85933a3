import type { LatestRow } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Reader } from "./reader.ts";
import type { TargetCell, VerdictCode } from "./types.ts";

/** Verdicts that say nothing about the target; they speak only where no other probe of the cell does. */
export const SILENT_CODES: ReadonlySet<VerdictCode> = new Set([
  "offline",
  "captive_portal",
  "local_interference",
  "inconclusive",
]);

const LATEST_MS = 2 * 3_600_000;

/** Cells of all targets, over the witnesses that measured them within two hours. */
export async function latestCells({ store, now }: Reader): Promise<TargetCell[]> {
  const [probes, latest] = await Promise.all([store.probes.all(), store.verdicts.latest(now() - LATEST_MS)]);
  const witnesses = new Set(probes.filter(({ role }) => role === "witness").map(({ id }) => id));
  return targetCells(latest.filter(({ probe }) => witnesses.has(probe)));
}

/** One judgement a target, network and region: what most probes of the cell found, the latest where they tie. */
export function targetCells(rows: readonly LatestRow[]): TargetCell[] {
  const groups = new Map<string, LatestRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.target, row.asn, row.region]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const cell = cellOf(group);
      return cell === null ? [] : [cell];
    });
}

/** How many probes found a code; `last` decides where two codes have as many. */
export type Tally = { readonly code: VerdictCode; readonly probes: number; readonly last: number };

/** What most probes found; those that cannot tell of the target are heard only where no other speaks. Null of none. */
export function leadingCode(tallies: readonly Tally[]): Tally | null {
  const telling = tallies.filter(({ code }) => !SILENT_CODES.has(code));
  const counted = telling.length > 0 ? telling : tallies;
  return [...counted].sort((a, b) => b.probes - a.probes || b.last - a.last)[0] ?? null;
}

function cellOf(group: readonly LatestRow[]): TargetCell | null {
  const [any] = group;
  if (any === undefined) return null;
  const byCode = new Map<VerdictCode, Tally>();
  for (const { code, measured } of group) {
    const before = byCode.get(code) ?? { probes: 0, last: 0 };
    byCode.set(code, { code, probes: before.probes + 1, last: Math.max(before.last, measured) });
  }
  const leading = leadingCode([...byCode.values()]);
  if (leading === null) return null;
  const lastAt = utc(Math.max(...group.map(({ measured }) => measured)));
  const { target, asn, region } = any;
  return { target, asn, region, code: leading.code, probes: group.length, agreeing: leading.probes, lastAt };
}
