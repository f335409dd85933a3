import type { EpochMs } from "../../collector/analysis/types.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Truth } from "./scenario.ts";

/** What is held against what: blocks with interceptions, shutdowns with outages, throttles. */
export type Family = "block" | "loss" | "throttle";
export type Matched = { truth: Truth; incident: Incident };
export type Matching = {
  matched: Matched[];
  missed: Truth[];
  /** Further incidents over the time and scope of a truth that was matched already. */
  doubles: Incident[];
  /** Incidents that nothing true explains. */
  false: Incident[];
};

const MINUTE_MS = 60_000;
/** How far the start may be off (detection.md 7.6): two rounds, five minutes, a day. */
const TOLERANCE_MS: Readonly<Record<Family, EpochMs>> = {
  block: 30 * MINUTE_MS,
  loss: 5 * MINUTE_MS,
  throttle: 1440 * MINUTE_MS,
};

const FAMILY: Readonly<Record<Incident["kind"], Family>> = {
  block: "block",
  interception: "block",
  shutdown: "loss",
  outage: "loss",
  throttle: "throttle",
};

/** The family of a kind of incident. */
export function familyOf(kind: Incident["kind"]): Family {
  return FAMILY[kind];
}

/**
 * Holds incidents against truths, one to one by the smallest error of the start: scopes overlap, and the published
 * interval of the start lies no further from the true start than its family allows. An incident that names several
 * targets may answer for a truth of each, by the edges of its own parts. Truths that are optional are neither missed nor,
 * when found, false.
 */
export function matchIncidents(truths: readonly Truth[], incidents: readonly Incident[]): Matching {
  const pairs = truths
    .flatMap((truth) => incidents.map((whole) => ({ truth, whole, incident: ofTruth(whole, truth) })))
    .filter(({ truth, incident }) => overlaps(truth, incident))
    .map((pair) => ({ ...pair, error: startError(pair.truth, pair.incident) }))
    .filter(({ truth, error }) => error <= TOLERANCE_MS[familyOf(truth.kind)])
    .sort((a, b) => a.error - b.error);
  const [byTruth, taken] = [new Map<Truth, Incident>(), new Map<Incident, Set<string>>()];
  for (const { truth, whole, incident } of pairs) {
    const targets = incident.targets.length === 0 ? [""] : incident.targets;
    const used = taken.get(whole) ?? new Set();
    if (byTruth.has(truth) || targets.some((target) => used.has(target))) continue;
    byTruth.set(truth, incident);
    taken.set(whole, new Set([...used, ...targets]));
  }
  const rest = incidents.filter((incident) => !taken.has(incident));
  const isDouble = (incident: Incident) =>
    truths.some((truth) => overlaps(truth, incident) && isDuring(truth, incident));
  return {
    matched: [...byTruth].map(([truth, incident]) => ({ truth, incident })),
    missed: truths.filter((truth) => !byTruth.has(truth) && truth.optional !== true),
    doubles: rest.filter(isDouble),
    false: [...rest.filter((incident) => !isDouble(incident)), ...overclaimed(taken, truths)],
  };
}

/** An incident cut down to the targets of a truth, with the edges of those. */
function ofTruth(incident: Incident, { targets }: Truth): Incident {
  const own = incident.targets.filter((target) => targets.includes(target));
  const parts = (incident.parts ?? []).filter(({ target }) => target !== undefined && own.includes(target));
  if (own.length === 0 || own.length === incident.targets.length || parts.length === 0) return incident;
  const first = parts.reduce((best, one) => (one.start.latest < best.start.latest ? one : best));
  const ends = parts.map(({ end }) => end);
  const end = ends.reduce((best, one) =>
    best === null || one === null ? null : one.latest > best.latest ? one : best,
  );
  return { ...incident, targets: own, start: first.start, end };
}

/** Incidents that are true of some of their targets, as far as they name others that nothing happened to. */
function overclaimed(taken: ReadonlyMap<Incident, ReadonlySet<string>>, truths: readonly Truth[]): Incident[] {
  return [...taken].flatMap(([incident]) => {
    const extra = incident.targets.filter(
      (target) => !truths.some((truth) => truth.targets.includes(target) && isDuring(truth, incident)),
    );
    return extra.length === 0 ? [] : [{ ...incident, targets: extra }];
  });
}

/** How far a true moment, or all of the time in which it came about, lies outside an interval; or 0. */
export function outside(moment: EpochMs, { earliest, latest }: Incident["start"], spreadMs = 0): EpochMs {
  return Math.max(0, Date.parse(earliest) - moment - spreadMs, moment - Date.parse(latest));
}

/** Distance of the middle of an interval from the truth: the headline's error. */
export function middleError(moment: EpochMs, { earliest, latest }: Incident["start"]): EpochMs {
  return Math.abs((Date.parse(earliest) + Date.parse(latest)) / 2 - moment);
}

/** Distance of the published start from the true one, which a slow or staggered beginning makes an interval. */
function startError({ from, spreadMs = 0 }: Truth, { start }: Incident): EpochMs {
  return outside(from, start, spreadMs);
}

function overlaps({ kind, targets, scope }: Truth, incident: Incident): boolean {
  if (familyOf(kind) !== familyOf(incident.kind)) return false;
  return (
    meet(targets, incident.targets) &&
    meet(scope.asns, incident.asns) &&
    meet(scope.regions, incident.regions) &&
    meet(scope.access === undefined ? undefined : [scope.access], incident.access)
  );
}

/** Whether two lists share a member; an empty or missing one stands for all. */
function meet<T>(a: readonly T[] | undefined, b: readonly T[]): boolean {
  return a === undefined || a.length === 0 || b.length === 0 || a.some((one) => b.includes(one));
}

function isDuring({ from, to }: Truth, { start, end }: Incident): boolean {
  const begun = Date.parse(start.earliest);
  const over = end === null ? Number.POSITIVE_INFINITY : Date.parse(end.latest);
  return begun < to && over > from;
}
