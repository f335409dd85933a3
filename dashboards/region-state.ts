import type { CoverageCell, Incident, NowView } from "../collector/api/types.ts";
import { type Told, toldOf } from "./words/counts.ts";

export const REGION_STATES = ["cut", "limited", "outage", "blocked", "quiet", "few", "none"] as const;
export type RegionState = (typeof REGION_STATES)[number];

export type RegionSummary = { state: RegionState; present: number; told: Told };

type Watched = Pick<NowView, "open" | "coverage" | "enoughProbes">;

/** State of one region from what is open there and who watches. An incident always outranks a lack of probes. */
export function regionSummary(code: string, view: Watched): RegionSummary {
  const cells = view.coverage.filter((cell) => cell.region === code && cell.known > 0);
  const known = sum(cells, (cell) => cell.known);
  const present = sum(cells, (cell) => cell.present);
  const touching = view.open.filter((incident) => touches(incident, code, cells));
  return {
    state: worstState(touching, cells) ?? calmState(known, present, view.enoughProbes),
    present,
    told: toldOf(cells, view.enoughProbes),
  };
}

/** State of one network, over all regions in which it is watched. */
export function networkSummary(asn: number, view: Watched): RegionSummary {
  const cells = view.coverage.filter((cell) => cell.asn === asn && cell.known > 0);
  const known = sum(cells, (cell) => cell.known);
  const present = sum(cells, (cell) => cell.present);
  const watched = cells.map(({ region }) => region);
  const touching = view.open.filter(
    ({ asns, regions }) =>
      (asns.length === 0 && (regions.length === 0 || regions.some((region) => watched.includes(region)))) ||
      asns.includes(asn),
  );
  return {
    state: worstState(touching, cells) ?? calmState(known, present, view.enoughProbes),
    present,
    told: toldOf(cells, view.enoughProbes),
  };
}

function worstState(incidents: readonly Incident[], cells: readonly CoverageCell[]): RegionState | null {
  const cuts = incidents.filter((incident) => incident.kind === "shutdown");
  if (cuts.some((incident) => isWhole(incident, cells))) return "cut";
  if (cuts.length > 0) return "limited";
  if (incidents.some((incident) => incident.kind === "outage")) return "outage";
  return incidents.length > 0 ? "blocked" : null;
}

function calmState(known: number, present: number, enough: number): RegionState {
  if (known === 0) return "none";
  return present >= enough ? "quiet" : "few";
}

/** Whether an incident lies in a region. Empty lists mean all that were watched. */
function touches(incident: Incident, code: string, cells: readonly CoverageCell[]): boolean {
  if (incident.regions.length > 0) return incident.regions.includes(code);
  if (incident.asns.length === 0) return cells.length > 0;
  return cells.some((cell) => cell.asn !== null && incident.asns.includes(cell.asn));
}

/** Whether a cut takes everything in all networks watched there. */
function isWhole(incident: Incident, cells: readonly CoverageCell[]): boolean {
  if (incident.extent !== null && incident.extent !== "total") return false;
  const coversNetwork = (asn: number | null) =>
    incident.asns.length === 0 || (asn !== null && incident.asns.includes(asn));
  const coversAccess = (cell: CoverageCell) =>
    incident.access.length === 0 || cell.access === null || incident.access.includes(cell.access);
  const coversRegion = (region: string | null) =>
    incident.regions.length === 0 || (region !== null && incident.regions.includes(region));
  return cells.every((cell) => coversNetwork(cell.asn) && coversRegion(cell.region) && coversAccess(cell));
}

function sum<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}
