import { sorted } from "../incidents/text.ts";
import { type Knowledge, ownerOf } from "../knowledge.ts";
import type { Degree } from "../losses/extent.ts";
import type { Loss } from "../losses/loss.ts";
import type { LossEvidence, LossRow } from "./loss-evidence.ts";

/** Whether probes abroad, or the probes' own journals, clear the network and point at the collector. */
export function sentinelRows({ controls, losses }: LossEvidence): LossRow[] {
  const well = losses.filter(({ wellDuring }) => wellDuring > 0).length;
  const rows: LossRow[] = [];
  if (controls.known > 0 && controls.lost * 2 >= controls.known)
    rows.push({
      says: "controls-lost",
      scores: { "collector fault": 6, "ordered cut": -3, "ISP fault": -3, "power cut": -3, "single probe": -3 },
    });
  else if (controls.known > 0) rows.push({ says: "controls-in-touch", scores: { "collector fault": -3 } });
  if (well * 2 >= losses.length)
    rows.push({
      says: "lines-were-well",
      scores: { "collector fault": 4, "ordered cut": -4, "ISP fault": -4, "power cut": -4 },
    });
  return rows;
}

/** How many networks, owners and regions were lost together. Rows of one owner with several networks are ours. */
export function scopeRows({ losses }: LossEvidence, knowledge: Knowledge): LossRow[] {
  const asns = sorted(losses.map(({ probe }) => probe.asn));
  const owners = ownersOf(losses, knowledge);
  const regions = new Set(losses.map(({ probe }) => probe.region)).size;
  const rows: LossRow[] = [
    { says: { code: "probes-lost", counts: { probes: losses.length } }, scores: { "single probe": -5 } },
  ];
  // Ours: two probes may be lost together by chance or by one house's power.
  if (losses.length === 2) rows.push({ says: "only-two-probes", scores: { "ordered cut": -2, "single probe": 2 } });
  rows.push(scopeRow({ asns: asns.length, owners, regions }));
  return rows;
}

function scopeRow({ asns, owners, regions }: { asns: number; owners: number; regions: number }): LossRow {
  if (regions >= 2 && asns >= 2)
    return {
      says: { code: "networks-in-regions", counts: { networks: asns, regions } },
      scores: { "ordered cut": 2, "ISP fault": owners > 1 ? -4 : 1, "power cut": -3 },
    };
  if (regions >= 2)
    return {
      says: { code: "network-in-regions", counts: { regions } },
      scores: { "ISP fault": 3, "ordered cut": -1, "power cut": -4, "transit filter abroad": -3 },
    };
  if (owners >= 2)
    return {
      says: { code: "networks-in-region", counts: { networks: asns } },
      scores: { "ordered cut": 2, "ISP fault": -4, "power cut": 1, "transit filter abroad": -2 },
    };
  if (asns >= 2)
    return {
      says: "owner-one-region",
      scores: { "ordered cut": 1, "ISP fault": -1, "power cut": 1, "transit filter abroad": -3 },
    };
  return {
    says: "network-one-region",
    scores: { "ISP fault": 1, "ordered cut": -1, "transit filter abroad": -4 },
  };
}

const EXTENT_SCORES: Readonly<Record<Exclude<Degree, "total">, LossRow["scores"]>> = {
  "dns-only": { "power cut": -5, "collector fault": -4, "ISP fault": 1, "single probe": -2 },
  degraded: { "power cut": -5, "collector fault": -4, "transit filter abroad": 1 },
  "domestic-only": { "power cut": -5, "collector fault": -4, "ISP fault": 1, "ordered cut": 3, "single probe": -2 },
  whitelist: { "power cut": -6, "collector fault": -5, "ISP fault": -2, "ordered cut": 5, "single probe": -3 },
  "partial-port": { "power cut": -6, "collector fault": -4, "ISP fault": -1, "ordered cut": 4, "single probe": -2 },
};

/** What stayed open. */
export function extentRows({ extent, extentCounts }: LossEvidence): LossRow[] {
  if (extent === null || extent === "total") return [];
  const says = { code: extent, ...(extentCounts !== undefined && { counts: extentCounts }) };
  return [{ says, scores: EXTENT_SCORES[extent] }];
}

/** Mobile against fixed lines of the same regions: batteries survive the grid, an order can name a medium. */
export function mediumRows({ losses, stayed }: LossEvidence): LossRow[] {
  const mobile = losses.every(({ probe }) => probe.access === "mobile");
  const fixed = losses.every(({ probe }) => probe.access === "fixed");
  if (mobile && stayed.some(({ access }) => access === "fixed"))
    return [
      {
        says: "mobile-lost",
        scores: { "ordered cut": 2, "power cut": -2, "collector fault": -3, "single probe": -2 },
      },
    ];
  if (fixed && stayed.some(({ access }) => access === "mobile"))
    return [
      {
        says: "fixed-lost",
        scores: { "power cut": 3, "collector fault": -3 },
      },
    ];
  return [];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Local time of most of the country since March 2024; before it was an hour more (tzdata). */
const LOCAL_MS = 5 * HOUR_MS;

/** When it began, and whether it could have been one accident at a common place. The last two rows are ours. */
export function timeRows({ losses, extent, beganAt }: LossEvidence, knowledge: Knowledge): LossRow[] {
  const rows: LossRow[] = [];
  const owners = ownersOf(losses, knowledge);
  const regions = new Set(losses.map(({ probe }) => probe.region)).size;
  // Only a journal can show that everything was gone; media that fared differently had no accident in common.
  if (owners >= 2 && regions === 1 && extent === "total" && new Set(losses.map(({ probe }) => probe.access)).size > 1)
    rows.push(cityRow(losses));
  if (beganAt === null) return rows;
  const half = beganAt % (30 * MINUTE_MS);
  if (Math.min(half, 30 * MINUTE_MS - half) <= 2 * MINUTE_MS)
    rows.push({ says: "half-hour", scores: { "ordered cut": 0.5 } });
  const localHour = ((beganAt + LOCAL_MS) % (24 * HOUR_MS)) / HOUR_MS;
  if (owners === 1 && localHour < 6) rows.push({ says: "owner-at-night", scores: { "ISP fault": 1 } });
  return rows;
}

/**
 * All networks of one city at once. Behind a common gateway each provider's own resolver goes on answering; where those of
 * several owners are gone as well, no accident at one place explains it.
 */
function cityRow(losses: readonly Loss[]): LossRow {
  const told = losses.filter(({ provider }) => provider.up + provider.down > 0);
  const gone = told.filter(({ provider }) => provider.down > provider.up).length;
  if (told.length > 0 && gone >= COMMON * told.length)
    return {
      says: "resolvers-gone",
      scores: { "ISP fault": -1, "ordered cut": 1 },
    };
  return {
    says: "city-at-once",
    scores: { "ISP fault": 5 },
  };
}

const COMMON = 0.7;

function ownersOf(losses: readonly Loss[], knowledge: Knowledge): number {
  const asns = losses.map(({ probe }) => probe.asn).filter((asn) => asn !== null);
  return new Set(asns.map((asn) => ownerOf(asn, knowledge))).size;
}
