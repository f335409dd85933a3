import type { EpochMs } from "../../analysis/types.ts";
import type { Db } from "../database.ts";
import type { Dimension, PresenceLane, PresencePart, PresenceQuery } from "../rollups.ts";
import type { Window } from "../store.ts";
import { type CellParts, type CellRow, cellTable, isScope, labelsOf } from "./cell.ts";
import { floorTo, GRAINS, knownSteps, PRESENCE_ROLLUP_SQL, STEP_MS } from "./presence-rollup.ts";

const MINUTE_MS = 60_000;

export const PRESENCE_COUNTS_SQL = {
  lane: `SELECT start / CAST(@times AS INTEGER) AS part, min(low) AS low, max(high) AS high, count(*) AS n FROM presence_count
    WHERE grain = @grain AND cell = @cell AND start >= @from AND start < @to GROUP BY 1`,
  unwatched: `SELECT p.probe, p.to_at AS "from",
    (SELECT min(n.from_at) FROM presence n WHERE n.probe = p.probe AND n.from_at > p.to_at) AS "to"
    FROM presence p INDEXED BY presence_unwatched WHERE p.received = p.to_at`,
  probes: "SELECT id, role, asn, region, access, joined, left_at AS leftAt FROM probe",
};

type LaneRow = { part: number; low: number; high: number; n: number };
type Member = CellParts & { id: string; joined: EpochMs; leftAt: EpochMs | null };

/** Reads the rollup of presences: a lane for each cell of `by`. */
export function presenceCounts(db: Db, knownUntil: () => EpochMs): (query: PresenceQuery) => PresenceLane[] {
  const cells = cellTable(db);
  const readMembers = memberReader(db);
  const gaps = db.prepare<[number, number], Window>(PRESENCE_ROLLUP_SQL.gaps);
  const readRows = rowReader(db);
  return (query) => {
    const { stepMs } = query;
    if (stepMs % STEP_MS !== 0) throw new RangeError(`a step of ${stepMs} ms is no multiple of five minutes`);
    const members = readMembers();
    const first = Math.min(Number.MAX_SAFE_INTEGER, ...members.map(({ joined }) => joined));
    const window = { from: floorTo(query.from, stepMs), to: query.to };
    const known = { until: knownUntil(), gaps: [{ from: 0, to: first }, ...gaps.all(window.from, window.to)] };
    const steps = stepsOf(window, stepMs).map((step) => ({ ...step, ...countingOf(step, first, known) }));
    return lanesOf(cells.all(), members, query).map(({ labels, scope, of }) => {
      const rows = scope === null ? new Map<EpochMs, LaneRow>() : readRows(scope.cell, steps);
      return {
        ...labels,
        parts: steps.map(({ from, to, whole }): PresencePart => {
          const row = rows.get(from);
          const max = row?.high ?? 0;
          const min = row !== undefined && row.n >= whole ? row.low : 0;
          const watched = of.filter(({ spans }) => spans.some((span) => span.from < to && span.to > from));
          const expected = Math.max(max, watched.length);
          return whole === 0 ? { from, to, min: null, max: null, expected } : { from, to, min, max, expected };
        }),
      };
    });
  };
}

type Step = Window & { readonly grainMs: number; readonly whole: number };

/**
 * From which counts a step is made: the largest that fit; the smallest where the first probe joined within it, since
 * before that nobody could be there. `whole`: how many of them anything is known about.
 */
function countingOf({ from, to }: Window, first: EpochMs, known: Parameters<typeof knownSteps>[1]) {
  const largest = GRAINS.findLast((one) => (to - from) % (one * MINUTE_MS) === 0) ?? GRAINS[0];
  const grainMs = from < first && first < to ? STEP_MS : largest * MINUTE_MS;
  return { grainMs, whole: knownSteps({ from, to }, known, grainMs) };
}

/** Reads a cell's counts for steps that follow each other, by the beginning of the step. */
function rowReader(db: Db): (cell: number, steps: readonly Step[]) => Map<EpochMs, LaneRow> {
  const lane = db.prepare<[object], LaneRow>(PRESENCE_COUNTS_SQL.lane);
  return (cell, steps) => {
    const found = new Map<EpochMs, LaneRow>();
    for (const grainMs of new Set(steps.map((step) => step.grainMs))) {
      const own = steps.filter((step) => step.grainMs === grainMs);
      const [from = 0, to = 0, stepMs = 1] = [own[0]?.from, own.at(-1)?.to, (own[0]?.to ?? 0) - (own[0]?.from ?? 0)];
      const starts = new Set(own.map((step) => step.from));
      const grain = grainMs / MINUTE_MS;
      for (const row of lane.all({ times: stepMs / grainMs, grain, cell, from: from / grainMs, to: to / grainMs }))
        if (starts.has(row.part * stepMs)) found.set(row.part * stepMs, row);
    }
    return found;
  };
}

type Lane = { labels: Omit<PresenceLane, "parts">; scope: CellRow | null; of: Watched[] };

/** The lanes asked for, each with the sum that counts it and the probes that belong to it. */
function lanesOf(cells: readonly CellRow[], members: readonly Watched[], query: PresenceQuery): Lane[] {
  const { by } = query;
  const inChoice = members.filter(
    (one) => one.role === query.role && DIMENSIONS.every((name) => query[name] === null || one[name] === query[name]),
  );
  const lanes = new Map<string, Lane>();
  const laneOf = (parts: Pick<CellParts, Dimension>, scope: CellRow | null) => {
    const labels = Object.fromEntries(by.map((name) => [name, parts[name]]));
    const name = JSON.stringify(labels);
    const lane: Lane = lanes.get(name) ?? { labels, scope, of: [] };
    lanes.set(name, lane);
    return lane;
  };
  if (by.length === 0) laneOf({ asn: null, region: null, access: null }, null);
  for (const cell of cells)
    if (isScope(cell, query, by)) {
      const { asn = null, region = null, access = null } = labelsOf(cell, by);
      const lane = laneOf({ asn, region, access }, cell);
      lane.scope = cell;
    }
  for (const member of inChoice) laneOf(member, null).of.push(member);
  return [...lanes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lane]) => lane);
}

const DIMENSIONS: readonly Dimension[] = ["asn", "region", "access"];

type Watched = Member & { readonly spans: readonly Window[] };

/** Probes, each with the times in which it had joined, had not left, and was watched. */
function memberReader(db: Db): () => Watched[] {
  const probes = db.prepare<[], Member>(PRESENCE_COUNTS_SQL.probes);
  const unwatched = db.prepare<[], { probe: string; from: EpochMs; to: EpochMs | null }>(PRESENCE_COUNTS_SQL.unwatched);
  return () => {
    const breaks = unwatched.all();
    return probes.all().map((member) => ({
      ...member,
      spans: watchedSpans(
        member,
        breaks.filter(({ probe }) => probe === member.id),
      ),
    }));
  };
}

function watchedSpans({ joined, leftAt }: Member, breaks: readonly { from: EpochMs; to: EpochMs | null }[]): Window[] {
  const end = leftAt ?? Number.MAX_SAFE_INTEGER;
  const starts = [joined, ...breaks.map(({ to }) => to ?? end)];
  const ends = [...breaks.map(({ from }) => Math.min(from, end)), end];
  return starts.map((from, at) => ({ from, to: ends[at] ?? end })).filter(({ from, to }) => from < to);
}

function stepsOf({ from, to }: Window, stepMs: number): Window[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / stepMs)) }, (_, at) => ({
    from: from + at * stepMs,
    to: from + (at + 1) * stepMs,
  }));
}
