import type { EpochMs } from "../../analysis/types.ts";
import type { Db } from "../database.ts";
import { ALIVE_KEY } from "../keys.ts";
import { type Count, countsByStep } from "../presence-levels.ts";
import type { Window } from "../store.ts";
import { cellTable } from "./cell.ts";

const MINUTE_MS = 60_000;
/** Steps of counting, in minutes; each is a multiple of the one before. */
export const GRAINS = [5, 60, 1440] as const;
export const STEP_MS = GRAINS[0] * MINUTE_MS;
const DAY_MS = 1440 * MINUTE_MS;

const COLUMNS = `cell, from_at AS "from", to_at AS "to"`;

export const PRESENCE_ROLLUP_SQL = {
  alive: "SELECT value FROM state WHERE key = ?",
  lastEnd: "SELECT max(to_at) AS at FROM presence",
  ended: `SELECT ${COLUMNS} FROM presence
    WHERE to_at >= ? AND from_at < ? AND received IS NOT NULL AND cell IS NOT NULL`,
  running: `SELECT ${COLUMNS} FROM presence WHERE received IS NULL AND from_at < ? AND cell IS NOT NULL`,
  stored: `SELECT p.cell, p.start, p.low, p.high FROM cell c CROSS JOIN presence_count p
    ON p.grain = ? AND p.cell = c.cell AND p.start >= ? AND p.start < ?`,
  coarser: `SELECT p.cell, p.start / CAST(@times AS INTEGER) AS start, min(p.low) AS low, max(p.high) AS high, count(*) AS n
    FROM cell c CROSS JOIN presence_count p
    ON p.grain = @grain AND p.cell = c.cell AND p.start >= @from AND p.start < @to GROUP BY 1, 2`,
  gaps: `SELECT from_at AS "from", to_at AS "to" FROM gap WHERE to_at >= ? AND from_at < ? ORDER BY from_at`,
  put: `INSERT INTO presence_count (grain, cell, start, low, high) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (grain, cell, start) DO UPDATE SET low = excluded.low, high = excluded.high`,
  drop: "DELETE FROM presence_count WHERE grain = ? AND cell = ? AND start = ?",
};

type Span = Window & { readonly cell: number };
type StepCount = Count & { readonly cell: number; readonly start: number };

export type PresenceRollup = {
  /** Counts anew what a window touches. For use inside the transaction that changed presences or gaps there. */
  recount: (window: Window) => void;
  /**
   * Does `work`, which returns the window in which it changed presences (null: none), and counts that window anew, and
   * what has become known with it. For use inside a transaction.
   */
  recountAfter: (work: () => Window | null) => void;
  /** Until when presence is known. */
  knownUntil: () => EpochMs;
};

/** The rollup of presences: a function of the tables `presence` and `gap` and of how far presence is known. */
export function presenceRollup(db: Db): PresenceRollup {
  const alive = db.prepare<[string], { value: string }>(PRESENCE_ROLLUP_SQL.alive);
  const lastEnd = db.prepare<[], { at: EpochMs | null }>(PRESENCE_ROLLUP_SQL.lastEnd);
  // Where no collector has run yet, as far as imported archives go.
  const knownUntil = () => Number(alive.get(ALIVE_KEY)?.value ?? lastEnd.get()?.at ?? 0);
  const readSpans = spanReader(db);
  const gaps = db.prepare<[number, number], Window>(PRESENCE_ROLLUP_SQL.gaps);
  const { scopeFinder } = cellTable(db);
  const fine = stepWriter(db, GRAINS[0]);
  const coarsen = coarsener(db);
  const recountWithin = ({ from, to }: Window, until: EpochMs) => {
    const window = { from: floorTo(from, STEP_MS), to: ceilTo(to, STEP_MS) };
    const known = { until, gaps: gaps.all(floorTo(from, DAY_MS), window.to + DAY_MS) };
    const scopesOf = scopeFinder();
    for (const { spans, chunk } of chunksOf(readSpans(window, until), window)) {
      const within = { from: chunk.from, to: Math.min(chunk.to, until) };
      const changed = fine.replace(chunk, countScopes(spans, known.gaps, within, scopesOf));
      // A step that has just begun to be known makes "nobody was there" known as well.
      if (changed || floorTo(from - 1, STEP_MS) < floorTo(chunk.to - 1, STEP_MS)) coarsen(chunk, known);
    }
  };
  return {
    knownUntil,
    recount: ({ from, to }) => {
      const until = knownUntil();
      recountWithin({ from, to: Math.min(to, until) }, until);
    },
    recountAfter: (work) => {
      const before = knownUntil();
      const window = work();
      const after = knownUntil();
      const last = Math.max(before, after);
      const moved = { from: Math.min(before, after), to: before === after ? 0 : last };
      const from = Math.min(window?.from ?? last, moved.to > 0 ? moved.from : last);
      recountWithin({ from, to: Math.min(last, Math.max(window?.to ?? 0, moved.to)) }, after);
    },
  };
}

function countScopes(
  spans: readonly Span[],
  gaps: readonly Window[],
  window: Window,
  scopesOf: (cell: number) => readonly number[],
): StepCount[] {
  const byScope = new Map<number, Span[]>();
  for (const span of spans)
    for (const scope of scopesOf(span.cell)) {
      const list = byScope.get(scope);
      if (list === undefined) byScope.set(scope, [span]);
      else list.push(span);
    }
  return [...byScope].flatMap(([cell, own]) =>
    [...countsByStep({ spans: own, gaps, window, stepMs: STEP_MS })].map(([start, count]) => ({
      cell,
      start,
      ...count,
    })),
  );
}

/** Spans that touch a window, by their start; those that still run are there until now. */
function spanReader(db: Db): (window: Window, until: EpochMs) => Span[] {
  const ended = db.prepare<[number, number], Span>(PRESENCE_ROLLUP_SQL.ended);
  const running = db.prepare<[number], Span>(PRESENCE_ROLLUP_SQL.running);
  return ({ from, to }, until) =>
    [...ended.all(from, to), ...running.all(to).map((span) => ({ ...span, to: until }))].sort(
      (a, b) => a.from - b.from,
    );
}

/** The window cut at UTC days, so that no piece is too large to hold; a time in which nobody was present is one piece. */
function* chunksOf(spans: readonly Span[], window: Window): Generator<{ chunk: Window; spans: Span[] }> {
  let next = 0;
  let active: Span[] = [];
  for (let from = window.from; from < window.to; ) {
    active = active.filter((one) => one.to > from);
    const following = spans[next]?.from ?? window.to;
    const empty = active.length === 0 && following > from + DAY_MS;
    const to = Math.min(window.to, empty ? floorTo(following, DAY_MS) : floorTo(from, DAY_MS) + DAY_MS);
    for (; (spans[next]?.from ?? to) < to; next++) {
      const span = spans[next];
      if (span !== undefined) active.push(span);
    }
    yield { chunk: { from, to }, spans: active };
    from = to;
  }
}

/** Replaces the counts of one grain in a window by others; only what differs is written. True where anything did. */
function stepWriter(db: Db, grain: number): { replace: (window: Window, counts: readonly StepCount[]) => boolean } {
  const stored = db.prepare<[number, number, number], StepCount>(PRESENCE_ROLLUP_SQL.stored);
  const put = db.prepare<number[]>(PRESENCE_ROLLUP_SQL.put);
  const drop = db.prepare<number[]>(PRESENCE_ROLLUP_SQL.drop);
  const stepMs = grain * MINUTE_MS;
  return {
    replace: ({ from, to }, counts) => {
      const before = new Map(
        stored
          .all(grain, Math.floor(from / stepMs), Math.ceil(to / stepMs))
          .map((one) => [`${one.cell} ${one.start}`, one]),
      );
      let changed = false;
      for (const { cell, start, low, high } of counts) {
        const name = `${cell} ${start}`;
        const old = before.get(name);
        before.delete(name);
        if (old?.low === low && old.high === high) continue;
        put.run(grain, cell, start, low, high);
        changed = true;
      }
      for (const { cell, start } of before.values()) drop.run(grain, cell, start);
      return changed || before.size > 0;
    },
  };
}

type Knowledge = { readonly until: EpochMs; readonly gaps: readonly Window[] };

/** Makes the counts of the larger steps that a window touches from those of the smaller ones. */
function coarsener(db: Db): (window: Window, known: Knowledge) => void {
  const coarser = db.prepare<[object], StepCount & { n: number }>(PRESENCE_ROLLUP_SQL.coarser);
  const levels = GRAINS.slice(1).map((grain, at) => ({
    grain,
    finer: GRAINS[at] ?? grain,
    writer: stepWriter(db, grain),
  }));
  return ({ from, to }, known) => {
    for (const { grain, finer, writer } of levels) {
      const [stepMs, finerMs] = [grain * MINUTE_MS, finer * MINUTE_MS];
      const window = { from: floorTo(from, stepMs), to: ceilTo(to, stepMs) };
      const rows = coarser.all({
        times: grain / finer,
        grain: finer,
        from: window.from / finerMs,
        to: window.to / finerMs,
      });
      const counts = rows.map(({ cell, start, low, high, n }) => {
        const whole = n >= knownSteps({ from: start * stepMs, to: (start + 1) * stepMs }, known, finerMs);
        return { cell, start, low: whole ? low : 0, high };
      });
      writer.replace(window, counts);
    }
  };
}

/** How many steps of a window anything is known about. */
export function knownSteps({ from, to }: Window, { until, gaps }: Knowledge, stepMs: number): number {
  let count = 0;
  for (let at = from; at < Math.min(to, until); at += stepMs)
    if (!isCovered({ from: at, to: Math.min(at + stepMs, until) }, gaps)) count += 1;
  return count;
}

/** Whether gaps, by their start, cover a window wholly. */
function isCovered({ from, to }: Window, gaps: readonly Window[]): boolean {
  let at = from;
  for (const gap of gaps) if (gap.from <= at && gap.to > at) at = gap.to;
  return at >= to;
}

export function floorTo(at: EpochMs, stepMs: number): EpochMs {
  return Math.floor(at / stepMs) * stepMs;
}

function ceilTo(at: EpochMs, stepMs: number): EpochMs {
  return Math.ceil(at / stepMs) * stepMs;
}
