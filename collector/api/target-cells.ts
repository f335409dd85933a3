import type { LatestRow } from "../store/store.ts";
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
  const [probes, latest] = await Promise.all([store.probes.all(), store.verdicts.latest(now() - LATEST_MS, target)]);
  const placed = publicRegions(probes, reader);
  const regions = new Map(
    probes.filter(({ role }) => role === "witness").map(({ id }) => [id, regionCode(placed(id))] as const),
  );
  return targetCells(latest, (probe) => regions.get(probe));
}

/** The code of a region; null for a country. */
function regionCode(place: string | null): string | null {
  return place?.includes("-") === true ? place : null;
}

/**
 * One judgement a target, network and region: what most probes of the cell found, the latest where they tie. `regionOf`:
 * under which region a probe's rows stand; undefined for rows to be left out. There are tens of thousands of rows, so that
 * a name is made for each probe and network, not for each row.
 */
export function targetCells(
  rows: readonly LatestRow[],
  regionOf: (probe: string) => string | null | undefined,
): TargetCell[] {
  const places = new Map<string, Place>();
  const targets = new Map<string, Map<string, Group>>();
  for (const row of rows) {
    let place = places.get(row.probe);
    if (place === undefined || place.asn !== row.asn) {
      const region = regionOf(row.probe);
      place = { asn: row.asn, region, name: `${row.asn} ${region}` };
      places.set(row.probe, place);
    }
    if (place.region === undefined) continue;
    const groups = targets.get(row.target) ?? new Map<string, Group>();
    if (groups.size === 0) targets.set(row.target, groups);
    const group = groups.get(place.name);
    if (group !== undefined) countIn(group.tallies, row);
    else {
      const { target, asn, code, measured } = row;
      groups.set(place.name, { target, asn, region: place.region, tallies: [{ code, probes: 1, last: measured }] });
    }
  }
  return byName(targets).flatMap((groups) => byName(groups).flatMap((group) => cellOf(group) ?? []));
}

type Place = { readonly asn: number | null; readonly region: string | null | undefined; readonly name: string };
type Group = {
  readonly target: string;
  readonly asn: number | null;
  readonly region: string | null;
  readonly tallies: Tally[];
};

function byName<T>(named: ReadonlyMap<string, T>): T[] {
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function countIn(tallies: Tally[], { code, measured }: LatestRow): void {
  const tally = tallies.find((one) => one.code === code);
  if (tally === undefined) tallies.push({ code, probes: 1, last: measured });
  else {
    tally.probes += 1;
    tally.last = Math.max(tally.last, measured);
  }
}

/** How many probes found a code; `last` decides where two codes have as many. */
export type Tally = { readonly code: VerdictCode; probes: number; last: number };

/** What most probes found; those that cannot tell of the target are heard only where no other speaks. Null of none. */
export function leadingCode(tallies: readonly Tally[]): Tally | null {
  if (tallies.length < 2) return tallies[0] ?? null;
  const telling = tallies.filter(({ code }) => !SILENT_CODES.has(code));
  const counted = telling.length > 0 ? telling : tallies;
  return [...counted].sort((a, b) => b.probes - a.probes || b.last - a.last)[0] ?? null;
}

function cellOf({ target, asn, region, tallies }: Group): TargetCell | null {
  const leading = leadingCode(tallies);
  if (leading === null) return null;
  const probes = tallies.reduce((sum, one) => sum + one.probes, 0);
  const lastAt = utc(tallies.reduce((last, one) => Math.max(last, one.last), 0));
  return { target, asn, region, code: leading.code, probes, agreeing: leading.probes, lastAt };
}
