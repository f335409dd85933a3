import { foldCoverage } from "../chart/fold-coverage.ts";
import type { TimelineFrame } from "../chart/timeline-chart.ts";
import { type Html, html } from "../html.ts";
import { clockText, dateText, wallTime } from "../time.ts";
import { dataTable } from "./data-table.ts";

/** Steps of time in the table: what a screen reader can go through. All steps are in the CSV file. */
const STEPS = 24;

/** A timeline as a table: in each step who watched, which incidents were open, and which events lay in it. */
export function coverageSteps({ context, view, zone, incidents }: TimelineFrame): Html {
  const { t } = context;
  const points = foldCoverage(view.coverage, STEPS);
  const rows = points.map((point, index) => ({
    id: `step-${index + 1}`,
    cells: [
      stepText(context.language, zone, point),
      point.few === true ? t("coverage.few") : point.max === null ? t("chart.noData") : rangeText(point.min, point.max),
      point.few === true ? "–" : point.expected,
      lettersIn(
        point,
        incidents.map(({ letter, incident }) => ({
          mark: letter,
          from: incident.start.earliest,
          to: incident.end?.latest ?? view.asOf,
        })),
      ),
      lettersIn(
        point,
        view.events.map((event, at) => ({ mark: String(at + 1), from: event.start, to: event.end ?? event.start })),
      ),
    ],
  }));
  return html`${dataTable({
    id: "steps-table",
    caption: t("steps.caption"),
    look: "counts",
    columns: [t("steps.time"), t("steps.connected"), t("chart.expected"), t("steps.incidents"), t("steps.events")],
    rows,
  })}`;
}

function rangeText(min: number | null, max: number): string {
  return min === max ? String(max) : `${min}–${max}`;
}

function stepText(
  language: TimelineFrame["context"]["language"],
  zone: string,
  { from, to }: { from: string; to: string },
): Html {
  const [a, b] = [wallTime(from, zone), wallTime(to, zone)];
  const end =
    a.day === b.day && a.month === b.month ? clockText(b) : `${dateText(b, language, false)}, ${clockText(b)}`;
  const utc = `${wallText(from)}–${wallText(to)} UTC`;
  return html`${dateText(a, language, false)}, ${clockText(a)} – ${end}<span class="small utc">= ${utc}</span>`;
}

function wallText(at: string): string {
  return clockText(wallTime(at, "UTC"));
}

type Marked = { mark: string; from: string; to: string };

function lettersIn({ from, to }: { from: string; to: string }, marked: readonly Marked[]): string {
  const inside = marked.filter(
    (one) => Date.parse(one.from) < Date.parse(to) && Date.parse(one.to) >= Date.parse(from),
  );
  const shown = inside
    .slice(0, 12)
    .map(({ mark }) => mark)
    .join(", ");
  return inside.length > 12 ? `${shown} +${inside.length - 12}` : shown === "" ? "–" : shown;
}
