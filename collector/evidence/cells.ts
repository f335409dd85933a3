import type { Incident } from "../../protocol/incident.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import { isSmall, publicRegions } from "../api/small-cells.ts";
import { countsByStep } from "../store/presence-levels.ts";
import type { PresenceRow, StoredProbe, Window } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Cell, Facts, Tally } from "./facts.ts";
import { isInterference, NO_TALLY, tallied } from "./tally.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAR = Number.MAX_SAFE_INTEGER;
/** Longer windows are told by the day. */
const HOURLY_MS = 10 * DAY_MS;

/** One measurement of a witness, as far as tables need it. */
export type Measured = {
  readonly probe: string;
  readonly target: string;
  readonly at: EpochMs;
  readonly code: VerdictCode | null;
  /** Within the incident's own time. */
  readonly during: boolean;
};

export type CellInput = {
  readonly incident: Incident;
  readonly probes: readonly StoredProbe[];
  readonly measured: readonly Measured[];
  readonly presences: readonly PresenceRow[];
  readonly gaps: readonly Window[];
  readonly window: Window;
  /** Fewest witnesses that are counted. */
  readonly enoughProbes: number;
};

/** A window cut at whole hours (UTC), or at whole days where it is long. */
export function bucketsOf({ from, to }: Window): { window: Window; stepMs: number; count: number } {
  const stepMs = to - from > HOURLY_MS ? DAY_MS : HOUR_MS;
  const window = { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs };
  return { window, stepMs, count: (window.to - window.from) / stepMs };
}

/**
 * Region by network: who watched, hour by hour, and what they found. Probes of small cells stand under the country, and of
 * what is few even there no counts are told (collector/api/README.md, "What is not told").
 */
export function cellsOf(input: CellInput): Cell[] {
  const { incident, probes, measured, presences, gaps, window } = input;
  const witnesses = probes.filter(({ role }) => role === "witness");
  const regionOf = publicRegions(probes, input);
  const groups = new Map<string, StoredProbe[]>();
  for (const probe of witnesses) {
    const key = JSON.stringify([regionOf(probe.id), probe.asn]);
    groups.set(key, [...(groups.get(key) ?? []), probe]);
  }
  const byProbe = grouped(measured, ({ probe }) => probe);
  const watched = new Set([...presences.map(({ probe }) => probe), ...measured.map(({ probe }) => probe)]);
  const cells = [...groups.values()]
    // Who came later or left before hides nobody: a cell counts those who were there at the time.
    .map((group) => group.filter((probe) => watched.has(probe.id) || wasThere(probe, window)))
    .filter((group) => group.some(({ id }) => watched.has(id)))
    .map((group) => {
      const ids = new Set(group.map(({ id }) => id));
      const place = { region: regionOf(group[0]?.id ?? ""), asn: group[0]?.asn ?? null };
      const known = group.length;
      if (isSmall("witness", known, input.enoughProbes))
        return { ...place, few: true, probes: null, during: null, connected: null, buckets: [] };
      const own = group.flatMap(({ id }) => byProbe.get(id) ?? []);
      const seen = presences.filter(({ probe }) => ids.has(probe));
      return {
        ...place,
        few: false,
        probes: known,
        during: tallyOf(own.filter(({ during }) => during)),
        connected: connectedIn(seen, gaps, { incident, window }),
        buckets: cellBuckets(own, seen, gaps, window),
      };
    });
  return cells.sort((a, b) => orderOf(a, b));
}

function wasThere({ joined, left }: StoredProbe, { from, to }: Window): boolean {
  return joined <= to && (left === null || left >= from);
}

function cellBuckets(
  measured: readonly Measured[],
  presences: readonly PresenceRow[],
  gaps: readonly Window[],
  of: Window,
) {
  const { window, stepMs, count } = bucketsOf(of);
  const spans = spansOf(presences, window.to);
  const inBucket = grouped(measured, ({ at }) => Math.floor((at - window.from) / stepMs));
  return Array.from({ length: count }, (_, at) => {
    const from = window.from + at * stepMs;
    const to = from + stepMs;
    const seen = presentIn({ from, to }, spans, gaps);
    const own = inBucket.get(at) ?? [];
    const measuring = new Set(own.map(({ probe }) => probe)).size;
    return {
      ...{ from: utc(from), to: utc(to), least: seen?.low ?? null, most: seen?.high ?? null },
      ...{ measuring, ...tallyOf(own) },
    };
  });
}

function spansOf(presences: readonly PresenceRow[], now: EpochMs): Window[] {
  return presences.map(({ from, to, received }) => ({ from, to: received === null ? now : to }));
}

/** Smallest and largest number present within a window; null where nothing is known of it. */
function presentIn(window: Window, spans: readonly Window[], gaps: readonly Window[]) {
  const here = spans.filter(({ from, to }) => from < window.to && to > window.from);
  const seen = countsByStep({ spans: here, gaps, window, stepMs: FAR }).get(0);
  const unknown = seen === undefined && gaps.some(({ from, to }) => from <= window.from && to >= window.to);
  return unknown ? null : (seen ?? { low: 0, high: 0 });
}

const HALF_HOUR_MS = HOUR_MS / 2;

/** How many were connected before an incident and, at least, while it lasted. */
function connectedIn(
  presences: readonly PresenceRow[],
  gaps: readonly Window[],
  { incident: { start, end }, window }: { incident: Incident; window: Window },
): Cell["connected"] {
  const [earliest, latest] = [Date.parse(start.earliest), Date.parse(start.latest)];
  const until = end === null ? window.to : Date.parse(end.earliest);
  const spans = spansOf(presences, window.to);
  const within = (from: EpochMs, to: EpochMs) => presentIn({ from, to: Math.max(to, from + 1) }, spans, gaps);
  return {
    before: within(earliest - HALF_HOUR_MS, earliest)?.high ?? null,
    least: within(latest, until)?.low ?? null,
  };
}

/** What all witnesses measured together, bucket by bucket. */
export function measuredSeries(measured: readonly Measured[], of: Window): Facts["timeline"]["measured"] {
  if (measured.length === 0) return [];
  const { window, stepMs, count } = bucketsOf(of);
  const tallies: Tally[] = Array.from({ length: count }, () => NO_TALLY);
  for (const { at, code } of measured) {
    const place = Math.floor((at - window.from) / stepMs);
    const tally = tallies[place];
    if (tally !== undefined) tallies[place] = tallied(tally, code);
  }
  return tallies.map((tally, at) => {
    const from = window.from + at * stepMs;
    return { from: utc(from), to: utc(from + stepMs), ...tally };
  });
}

/** Each site during the incident: what was found, and when first and last. */
export function targetRows(measured: readonly Measured[], targets: readonly string[]): Facts["targets"] {
  return targets.map((target) => {
    const own = measured.filter((one) => one.target === target && one.during);
    const odd = own.filter(({ code }) => code !== null && isInterference(code)).map(({ at }) => at);
    const ends = { first: odd.reduce((a, b) => Math.min(a, b), FAR), last: odd.reduce((a, b) => Math.max(a, b), 0) };
    const told = odd.length === 0 ? { first: null, last: null } : { first: utc(ends.first), last: utc(ends.last) };
    return { target, ...tallyOf(own), ...told };
  });
}

function tallyOf(measured: readonly Measured[]): Tally {
  return measured.reduce((tally, { code }) => tallied(tally, code), NO_TALLY);
}

function grouped<T, K>(list: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

function orderOf(a: Cell, b: Cell): number {
  const [x, y] = [a, b].map(({ region, asn }) => `${region ?? "~"} ${String(asn ?? "~").padStart(12)}`);
  return (x ?? "") < (y ?? "") ? -1 : 1;
}
