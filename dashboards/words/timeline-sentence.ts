import type { CoveragePoint, TimelineView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { spanText, type TimeStyle } from "../time.ts";
import { durationText } from "./duration.ts";
import { headline, lastedText } from "./incident.ts";
import { gravestFirst } from "./now-sentence.ts";

/** The sentence over a timeline: the gravest incident and how many there are; or nothing found, and with how many watching. */
export function timelineSentence(context: Context, view: TimelineView): string {
  const { t, said } = context;
  const [gravest] = gravestFirst(view.incidents);
  if (gravest !== undefined)
    return t("timeline.sentence.some", {
      count: view.incidents.length,
      headline: headline(context, gravest),
      duration: lastedText(context, gravest) ?? t("incident.ongoing"),
      confidence: said.confidence[gravest.confidence],
    });
  const maxes = view.coverage.flatMap((point) => (point.max === null ? [] : [point.max]));
  const mins = view.coverage.flatMap((point) => (point.min === null ? [] : [point.min]));
  if (isUntold(view)) return t("timeline.sentence.few");
  if (maxes.length === 0) return t("timeline.sentence.noData");
  if (isBlind(view)) return t("timeline.sentence.blind");
  return t("timeline.sentence.none", { min: Math.min(...mins), max: Math.max(...maxes) });
}

/** Whether so few probes watch a place that how many, and when, is not told. */
export function isUntold(view: TimelineView): boolean {
  return view.coverage.some(({ few }) => few === true);
}

/** Whether nobody watched in all of the window, so that finding nothing says nothing. */
export function isBlind(view: TimelineView): boolean {
  return view.coverage.every(({ max }) => max === null || max === 0);
}

/** Further sentences: our own gaps, the largest fall in connected probes, reports that are not measurements. */
export function timelineNotes(context: Context, view: TimelineView, style: TimeStyle): string[] {
  const { t } = context;
  const gapMs = view.gaps.reduce((total, gap) => total + overlapMs(gap, view), 0);
  const fall = largestFall(view.coverage);
  const notes = [
    fall === null
      ? null
      : t("timeline.fall", { before: fall.before, after: fall.after, when: spanText(fall.from, fall.to, style) }),
    gapMs === 0 ? null : t("timeline.gaps", { duration: durationText(context, gapMs) }),
    view.reports.length === 0 ? null : t("timeline.reported", { count: view.reports.length }),
  ];
  return notes.filter((note) => note !== null);
}

function overlapMs(gap: { from: string; to: string }, view: { from: string; to: string }): number {
  const from = Math.max(Date.parse(gap.from), Date.parse(view.from));
  return Math.max(0, Math.min(Date.parse(gap.to), Date.parse(view.to)) - from);
}

/** The largest loss between neighbouring buckets, if it takes at least half of the probes that were there. */
function largestFall(points: readonly CoveragePoint[]) {
  let best: { before: number; after: number; from: string; to: string } | null = null;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1]?.max;
    if (before === undefined || before === null || before === 0 || point.min === null || point.min * 2 > before)
      continue;
    if (best === null || before - point.min > best.before - best.after)
      best = { before, after: point.min, from: point.from, to: point.to };
  }
  return best;
}
