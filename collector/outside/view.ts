import type { OutsideSeriesRow, OutsideTable } from "../store/admin-tables.ts";
import type { Window } from "../store/store.ts";
import { utc } from "../time.ts";
import { foldValues } from "./fold.ts";
import type { OutsideOrigin, OutsideRow, OutsideSeries } from "./types.ts";
import { OUTSIDE_SOURCES } from "./types.ts";

export type OutsideChoice = Window & { readonly asn: number | null; readonly target: string | null };

const READ_MAX = 2000;
/** Rows that a page draws. */
const ROWS_MAX = 12;
const BUCKETS = 240;

export type StoredOutside = OutsideSeries & OutsideOrigin & { readonly id: number };

/**
 * Series that touch a window, of one network or site where they are chosen (those of the whole country always). Of the
 * same series got more than once, one that lies wholly within another that was retrieved later is left out.
 */
export async function outsideSeries(table: OutsideTable, choice: OutsideChoice): Promise<StoredOutside[]> {
  const found = (await table.within(choice, READ_MAX)).map(storedSeries);
  const concerning = found.filter(
    ({ asn, target }) =>
      (choice.asn === null || asn === null || asn === choice.asn) &&
      (choice.target === null ? target === null : target === null || target === choice.target),
  );
  return concerning.filter((series, index) => !concerning.slice(0, index).some((later) => covers(later, series)));
}

/** The series of a window as rows to be drawn, each on its own scale; those of a chosen network first. */
export async function outsideRows(table: OutsideTable, choice: OutsideChoice): Promise<OutsideRow[]> {
  const series = await outsideSeries(table, choice);
  const nearest = (row: StoredOutside) => Number(row.asn === choice.asn) + Number(row.target === choice.target);
  const inTurn = (row: StoredOutside) => OUTSIDE_SOURCES.indexOf(row.source);
  const shown = [...series].sort((a, b) => nearest(b) - nearest(a) || inTurn(a) - inTurn(b)).slice(0, ROWS_MAX);
  return shown.map((one) => drawnRow(one, choice));
}

function drawnRow({ values, stepMs, id: _id, ...series }: StoredOutside, window: Window): OutsideRow {
  const from = Date.parse(series.from);
  const buckets = stepMs === null ? [] : foldValues({ values, from, stepMs }, window, BUCKETS);
  const told = buckets.flatMap(({ min, max }) => (min === null || max === null ? [] : [min, max]));
  const spans = series.spans.filter(
    (span) => Date.parse(span.from) < window.to && Date.parse(span.to ?? series.retrievedAt) >= window.from,
  );
  return {
    ...series,
    spans,
    buckets,
    low: told.length === 0 ? null : Math.min(0, ...told),
    high: told.length === 0 ? null : Math.max(...told),
  };
}

/** A stored series with where it comes from. */
export function storedSeries({ id, series, import: origin }: OutsideSeriesRow): StoredOutside {
  // The cast is sound: only what readOutside made is ever stored.
  const parsed = JSON.parse(series) as OutsideSeries;
  const source = OUTSIDE_SOURCES.find((one) => one === origin.source) ?? "ooni";
  return {
    id,
    ...parsed,
    ...{ source, licence: origin.licence, address: origin.address, sha256: origin.sha256 },
    retrievedAt: utc(origin.retrieved),
    original: `/api/v1/outside/${origin.id}`,
  };
}

function covers(later: StoredOutside, series: StoredOutside): boolean {
  return (
    later.source === series.source &&
    later.signal === series.signal &&
    later.entity.type === series.entity.type &&
    later.entity.code === series.entity.code &&
    later.target === series.target &&
    later.from <= series.from &&
    later.to >= series.to
  );
}
