import { chartPatterns } from "../chart/bands.ts";
import { type DaySquare, dayStrip } from "../chart/day-strip.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import { dateText, monthText, wallTime } from "../time.ts";
import { runsOf } from "../words/runs.ts";
import { type MatrixCell, matrixTable } from "./matrix.ts";

/** One row of a history: its name, its days as drawn, and as told in the table. `key` is what makes two days alike. */
export type DayRow = {
  name: string;
  href: string | null;
  label: string;
  days: readonly { square: DaySquare; key: string }[];
};

/** Rows of days under one scale of months. */
export function dayRows(context: Context, days: readonly string[], rows: readonly DayRow[]): Html {
  return html`<div class="strips">${chartPatterns()}
${rows.map(
  ({
    name,
    href,
    label,
    days: squares,
  }) => html`<div class="strip"><h3>${href === null ? name : html`<a href="${href}">${name}</a>`}</h3>${dayStrip(
    squares.map(({ square }) => square),
    label,
  )}</div>
`,
)}<div class="strip"><span></span>${monthAxis(context, days)}</div></div>`;
}

/** Months under rows of days; the first day at the left. */
export function monthAxis(context: Context, days: readonly string[]): Html {
  const starts = days.flatMap((day, index) => (index === 0 || day.endsWith("-01") ? [{ day, index }] : []));
  return html`<svg class="axis" width="100%" height="20" aria-hidden="true" focusable="false">${starts.map(
    ({ day, index }) => {
      const x = Math.round((index / Math.max(1, days.length)) * 100_000) / 1000;
      const text =
        index === 0 ? dayText(day, context) : monthText(wallTime(`${day}T12:00:00Z`, "UTC"), context.language);
      const crowded = index > 0 && index < days.length * 0.22;
      if (x > 90 || crowded) return null;
      return html`<text x="${x}%" y="14">${text}</text>`;
    },
  )}</svg>`;
}

export type DayTable = {
  id: string;
  caption: string;
  columns: readonly string[];
  /** What is told of a run of like days in one column; `days` are places in the list of days, oldest first. */
  cellOf: (column: number, days: readonly number[]) => MatrixCell;
  keyOf: (day: number) => string;
};

/** The same as a table, newest first; days that are alike in all rows are one line. */
export function dayTable(context: Context, days: readonly string[], table: DayTable): Html {
  const runs = runsOf(days.map((_, index) => index).toReversed(), table.keyOf);
  return matrixTable({
    id: table.id,
    caption: table.caption,
    corner: context.t("site.days.day"),
    columns: table.columns,
    rows: runs.map(({ first, last, all }) => ({
      head: runText(context, days[last], days[first]),
      cells: table.columns.map((_, column) => table.cellOf(column, all)),
    })),
  });
}

function runText(context: Context, from: string | undefined, to: string | undefined): Fragment {
  if (from === undefined || to === undefined) return null;
  return from === to ? dayText(to, context) : html`${dayText(from, context)} – ${dayText(to, context)}`;
}

/** A day in words. */
export function dayText(day: string, { language }: Pick<Context, "language">): string {
  return dateText(wallTime(`${day}T12:00:00Z`, "UTC"), language);
}
