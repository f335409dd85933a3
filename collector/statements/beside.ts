import type { Incident } from "../../protocol/incident.ts";
import type { Statement } from "../../protocol/publication.ts";
import { coverageOf } from "../api/coverage-series.ts";
import type { StatementBeside, Watched } from "../api/legal-types.ts";
import type { Reader } from "../api/reader.ts";
import { standingIncidents } from "../api/standing-incidents.ts";
import { concerns } from "../api/timeline-view.ts";
import type { CoveragePoint } from "../api/types.ts";
import type { Window } from "../store/store.ts";
import { utc } from "../time.ts";
import { hypothesesOf } from "./hypotheses.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONG_MS: Readonly<Record<Statement["precision"], number>> = {
  minute: HOUR_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  month: 31 * DAY_MS,
};
/** A statement about something that had not ended is held against so much of it. */
const OPEN_MS = 7 * DAY_MS;
const INCIDENTS_MAX = 2000;
const SHOWN = 20;

/** Statements, each beside what was measured at the time that it speaks of. */
export async function besideMeasured(reader: Reader, statements: readonly Statement[]): Promise<StatementBeside[]> {
  if (statements.length === 0) return [];
  return Promise.all(statements.map((statement) => beside(reader, statement)));
}

async function beside(reader: Reader, statement: Statement): Promise<StatementBeside> {
  const window = windowOf(statement, reader.now());
  const all = await standingIncidents(reader, { ...window, asOf: null, openOnly: false, limit: INCIDENTS_MAX });
  const incidents = all.incidents.filter((incident) => isOf(statement, incident)).reverse();
  const watched = await watchedIn(reader, statement, window);
  return {
    ...statement,
    measured: {
      ...{ from: utc(window.from), to: utc(window.to), watched },
      incidents: incidents.slice(0, SHOWN).map((incident) => {
        const { id, kind, extent, confidence, start, end, targets, regions } = incident;
        return { id, number: all.numbers[id] ?? null, kind, extent, confidence, start, end, targets, regions };
      }),
    },
    hypotheses: hypothesesOf(statement, { incidents, watched, enough: reader.enoughProbes }),
  };
}

/** The time that a statement speaks of; where it does not say, the time at which it was made. */
export function windowOf({ at, precision, from, to }: Statement, now: number): Window {
  const start = Date.parse(from ?? at);
  const end =
    to === null ? (from === null ? start + LONG_MS[precision] : Math.min(start + OPEN_MS, now)) : Date.parse(to);
  return { from: start, to: Math.max(end, start + 1) };
}

/** Whether an incident is of the place, networks and sites that a statement names. */
export function isOf({ place, regions, asns, targets }: Statement, incident: Incident): boolean {
  const places = regions.length > 0 ? regions : place.startsWith("KZ-") ? [place] : [null];
  const networks = asns.length > 0 ? asns : [null];
  const somewhere = places.some((region) => networks.some((asn) => concerns(incident, { region, asn })));
  const isLoss = incident.kind === "shutdown" || incident.kind === "outage";
  const about = targets.length === 0 ? isLoss : incident.targets.some((target) => targets.includes(target));
  return somewhere && about;
}

async function watchedIn(reader: Reader, { place, regions, asns }: Statement, window: Window): Promise<Watched> {
  const region = regions.length === 1 ? (regions[0] ?? null) : place.startsWith("KZ-") ? place : null;
  const asn = asns.length === 1 ? (asns[0] ?? null) : null;
  const { coverage } = await coverageOf(reader, { ...window, region, asn });
  const joined = (await reader.store.probes.all())
    .filter(({ role }) => role === "witness")
    .map((probe) => probe.joined);
  // Of the whole country alone: when the first probe of a small place came is nobody's business.
  const notYet = joined.every((at) => at >= window.to);
  return { ...summed(coverage), ...(notYet && { notYet: true as const }) };
}

function summed(points: readonly CoveragePoint[]): Watched {
  const told = <K extends "min" | "max">(key: K) => points.map((point) => point[key]).filter((count) => count !== null);
  const [mins, maxes] = [told("min"), told("max")];
  return {
    min: mins.length === 0 ? null : Math.min(...mins),
    max: maxes.length === 0 ? null : Math.max(...maxes),
    expected: Math.max(0, ...points.map(({ expected }) => expected)),
    ...(points.some(({ few }) => few === true) && { few: true as const }),
  };
}
