import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Settings } from "../settings.ts";
import { binomialTail } from "./statistics.ts";

/** One expected probe at the moment of a possible burst. */
export type Expected = { probe: ProbeInfo; lost: boolean; dropChance: number };
/** Probes lost together, and those expected where they stand. */
export type Burst = { lost: ProbeInfo[]; expected: ProbeInfo[] };

type Grouping = (probe: ProbeInfo) => string | null;

const cellOf: Grouping = ({ asn, region }) => `${asn ?? "?"}|${region ?? "?"}`;
const regionOf: Grouping = ({ region }) => region;

/** Groups that can fall together: network in a region, region, network, medium in a region, country. */
const GROUPINGS: readonly Grouping[] = [
  cellOf,
  regionOf,
  ({ asn }) => (asn === null ? null : `AS${asn}`),
  ({ access, region }) => (access === null ? null : `${access}|${region ?? "?"}`),
  () => "all",
];

/**
 * The burst around one lost probe: the probes lost in the groups whose loss churn cannot explain, without stray ones
 * from regions that stayed up. Null when no group of the probe alarms. Burst test of docs/method.md: at least three
 * and half of those expected (all of two or three), at a chance below 1e-6.
 */
export function findBurst(trigger: ProbeInfo, expected: readonly Expected[], settings: Settings): Burst | null {
  const alarmed = GROUPINGS.flatMap((groupOf) => {
    const own = groupOf(trigger);
    if (own === null) return [];
    const members = expected.filter(({ probe }) => groupOf(probe) === own);
    return isBurst(members, settings) ? [members] : [];
  });
  if (alarmed.length === 0) return null;
  const struck = struckCells(expected, settings);
  const members = new Map(alarmed.flat().map((one) => [one.probe.id, one]));
  const lost = [...members.values()].filter(({ lost: isLost, probe }) => isLost && struck.has(cellOf(probe) ?? ""));
  if (lost.length < Math.min(2, settings.burstLeast)) return null;
  const cells = new Set(lost.map(({ probe }) => cellOf(probe)));
  return {
    lost: lost.map(({ probe }) => probe),
    expected: [...members.values()].filter(({ probe }) => cells.has(cellOf(probe))).map(({ probe }) => probe),
  };
}

function isBurst(members: readonly Expected[], settings: Settings): boolean {
  const lost = members.filter((one) => one.lost).length;
  const needed =
    members.length <= settings.burstLeast
      ? members.length
      : Math.max(settings.burstLeast, Math.ceil(settings.burstShare * members.length));
  if (members.length < 2 || lost < needed) return false;
  const mean = members.reduce((sum, { dropChance }) => sum + dropChance, 0) / members.length;
  return binomialTail(lost, members.length, mean) < settings.burstChance;
}

/** Cells of which at least half is lost. */
function struckCells(expected: readonly Expected[], settings: Settings): Set<string> {
  const counts = new Map<string, { lost: number; all: number }>();
  for (const { probe, lost } of expected) {
    const key = cellOf(probe) ?? "";
    const count = counts.get(key) ?? { lost: 0, all: 0 };
    counts.set(key, { lost: count.lost + (lost ? 1 : 0), all: count.all + 1 });
  }
  return new Set([...counts].filter(([, { lost, all }]) => lost >= settings.burstShare * all).map(([key]) => key));
}
