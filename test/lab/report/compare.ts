import type { Incident, Interval } from "../../../protocol/incident.ts";
import { cellsOf } from "../world/scope.ts";
import type { Done, Expected } from "./truth.ts";

/** An act beside the incident it was found as. */
export type Finding = {
  done: Done;
  found: Incident | null;
  /** What is not as it should be, in words; empty when all is right. */
  faults: readonly string[];
  /** Signed seconds from the truth to the middle of the found interval; null where there is none. */
  startErrorS: number | null;
  endErrorS: number | null;
  /** Whether the found intervals hold the true start and end. */
  startInside: boolean | null;
  endInside: boolean | null;
  /** Seconds from the true start to the moment the collector could know. */
  detectionDelayS: number | null;
};

/** Everything that was done beside everything that was found. */
export type Comparison = { findings: readonly Finding[]; extras: readonly Incident[]; right: boolean };

/** Slack of a match in time: an incident may not have ended long before its act began. */
const SLACK_MS = 60_000;

/**
 * Sets incidents beside the acts they tell of, each incident to one act at most: first those that fit in every way,
 * then those about the same targets at the same time, with what is wrong about them. The rest are extras. Pure.
 */
export function compare(done: readonly Done[], incidents: readonly Incident[]): Comparison {
  const free = new Set(incidents);
  const foundOf = new Map<Done, Incident>();
  const take = (fits: (act: Done, incident: Incident) => boolean) => {
    for (const act of done) {
      const match = foundOf.has(act) ? undefined : [...free].find((incident) => fits(act, incident));
      if (match === undefined) continue;
      foundOf.set(act, match);
      free.delete(match);
    }
  };
  take((act, incident) => faultsOf(act.expected, incident).length === 0 && sameTime(act, incident));
  take((act, incident) => sameTexts(act.expected.targets, incident.targets) && sameTime(act, incident));
  const findings = done.map((act) => findingOf(act, foundOf.get(act) ?? null));
  const extras = [...free];
  return { findings, extras, right: extras.length === 0 && findings.every(({ faults }) => faults.length === 0) };
}

function findingOf(done: Done, found: Incident | null): Finding {
  if (found === null) {
    const nothing = { startErrorS: null, endErrorS: null, startInside: null, endInside: null, detectionDelayS: null };
    return { done, found, faults: ["not found"], ...nothing };
  }
  const openFault = found.end === null ? ["still open"] : [];
  return {
    done,
    found,
    faults: [...faultsOf(done.expected, found), ...openFault],
    startErrorS: errorS(found.start, done.startMs),
    endErrorS: found.end === null ? null : errorS(found.end, done.endMs),
    startInside: holds(found.start, done.startMs),
    endInside: found.end === null ? null : holds(found.end, done.endMs),
    detectionDelayS: (Date.parse(found.detectedAt) - done.startMs) / 1000,
  };
}

/** What an incident says wrongly of an act: kind, method, extent, targets or scope. */
function faultsOf(expected: Expected, found: Incident): string[] {
  const cells = cellsOf(found.asns, found.regions);
  return [
    found.kind === expected.kind ? null : `kind is ${found.kind}, not ${expected.kind}`,
    // A shutdown has no method of its own; its extent says what was lost.
    expected.method === null || found.method === expected.method
      ? null
      : `method is ${found.method}, not ${expected.method}`,
    expected.extent === null || found.extent === expected.extent
      ? null
      : `extent is ${found.extent}, not ${expected.extent}`,
    sameTexts(expected.targets, found.targets) ? null : `targets are ${found.targets.join(", ") || "none"}`,
    sameTexts(expected.cells, cells) ? null : `scope is ${cells.join(", ")}, not ${expected.cells.join(", ")}`,
  ].filter((fault) => fault !== null);
}

function sameTime(act: Done, incident: Incident): boolean {
  const end = incident.end === null ? Number.POSITIVE_INFINITY : Date.parse(incident.end.latest);
  return Date.parse(incident.start.earliest) <= act.endMs + SLACK_MS && end >= act.startMs - SLACK_MS;
}

function holds({ earliest, latest }: Interval, timeMs: number): boolean {
  return Date.parse(earliest) <= timeMs && timeMs <= Date.parse(latest);
}

function errorS(interval: Interval, trueMs: number): number {
  return ((Date.parse(interval.earliest) + Date.parse(interval.latest)) / 2 - trueMs) / 1000;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text) => b.includes(text));
}
