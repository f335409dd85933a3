import type { LatestRow } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Reader } from "./reader.ts";
import type { TargetCell, VerdictCode } from "./types.ts";

/** Verdicts that say nothing about the target; they speak only where no other probe of the cell does. */
const SILENT_CODES: ReadonlySet<VerdictCode> = new Set([
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

function cellOf(group: readonly LatestRow[]): TargetCell | null {
  const [any] = group;
  if (any === undefined) return null;
  const telling = group.filter(({ code }) => !SILENT_CODES.has(code));
  const counted = telling.length > 0 ? telling : group;
  const byCode = new Map<VerdictCode, { count: number; lastAt: number }>();
  for (const { code, measured } of counted) {
    const before = byCode.get(code) ?? { count: 0, lastAt: 0 };
    byCode.set(code, { count: before.count + 1, lastAt: Math.max(before.lastAt, measured) });
  }
  const ranked = [...byCode].sort(([, a], [, b]) => b.count - a.count || b.lastAt - a.lastAt);
  const [code, { count }] = ranked[0] ?? [any.code, { count: 0 }];
  const lastAt = utc(Math.max(...group.map(({ measured }) => measured)));
  const { target, asn, region } = any;
  return { target, asn, region, code, probes: group.length, agreeing: count, lastAt };
}
