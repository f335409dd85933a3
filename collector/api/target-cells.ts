import type { LatestTally } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Reader } from "./reader.ts";
import { publicRegions } from "./small-cells.ts";
import type { TargetCell, VerdictCode } from "./types.ts";

/** Verdicts that say nothing about the target; they speak only where no other probe of the cell does. */
export const SILENT_CODES: ReadonlySet<VerdictCode> = new Set([
  "offline",
  "captive_portal",
  "local_interference",
  "inconclusive",
]);

const LATEST_MS = 2 * 3_600_000;

/**
 * The latest judgement of each target (or of one) by network and region, over the witnesses that measured it within two
 * hours. Witnesses of a cell of one or two stand without a region, as their measurements do.
 */
export async function latestCells(reader: Reader, target?: string): Promise<TargetCell[]> {
  const { store, now } = reader;
  const probes = await store.probes.all();
  const placed = publicRegions(probes, reader);
  const witnesses = probes.filter(({ role }) => role === "witness");
  const regions = new Map(witnesses.map(({ id }) => [id, regionCode(placed(id))] as const));
  return targetCells(await store.verdicts.latestTallies(now() - LATEST_MS, regions, target));
}

/** The code of a region; null for a country. */
function regionCode(place: string | null): string | null {
  return place?.includes("-") === true ? place : null;
}

/** One judgement a target, network and region: what most probes of the cell found, the latest where they tie. */
export function targetCells(tallies: readonly LatestTally[]): TargetCell[] {
  const targets = new Map<string, Map<string, LatestTally[]>>();
  for (const tally of tallies) {
    const cells = targets.get(tally.target) ?? new Map<string, LatestTally[]>();
    if (cells.size === 0) targets.set(tally.target, cells);
    const name = `${tally.asn} ${tally.region}`;
    const cell = cells.get(name);
    if (cell === undefined) cells.set(name, [tally]);
    else cell.push(tally);
  }
  return byName(targets).flatMap((cells) => byName(cells).flatMap((cell) => cellOf(cell) ?? []));
}

function byName<T>(named: ReadonlyMap<string, T>): T[] {
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** How many probes found a code; `last` decides where two codes have as many. */
export type Tally = { readonly code: VerdictCode; readonly probes: number; readonly last: number };

/** What most probes found; those that cannot tell of the target are heard only where no other speaks. Null of none. */
export function leadingCode(tallies: readonly Tally[]): Tally | null {
  if (tallies.length < 2) return tallies[0] ?? null;
  const telling = tallies.filter(({ code }) => !SILENT_CODES.has(code));
  const counted = telling.length > 0 ? telling : tallies;
  return [...counted].sort((a, b) => b.probes - a.probes || b.last - a.last)[0] ?? null;
}

function cellOf(tallies: readonly LatestTally[]): TargetCell | null {
  const [first] = tallies;
  const leading = leadingCode(tallies);
  if (first === undefined || leading === null) return null;
  const { target, asn, region } = first;
  const probes = tallies.reduce((sum, one) => sum + one.probes, 0);
  const lastAt = utc(tallies.reduce((last, one) => Math.max(last, one.last), 0));
  return { target, asn, region, code: leading.code, probes, agreeing: leading.probes, lastAt };
}
