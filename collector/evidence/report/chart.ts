import type { Language } from "../../api/types.ts";
import { clockText, dateText, spanText, wallClock } from "../../wording/clock.ts";
import { momentOf } from "../clocks.ts";
import type { Facts } from "../facts.ts";
import {
  bar,
  baseline,
  clamped,
  type Lane,
  LEFT,
  LEGEND,
  laneTitle,
  lastOf,
  legend,
  MEASURED,
  PROBES,
  RIGHT,
  type Scale,
  type Shape,
  SMALL,
  scaleTexts,
  WIDTH,
} from "./chart-shapes.ts";
import { REPORT_WORDS } from "./in-language.ts";

export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** What it shows, for those who do not see it. */
  readonly describes: string;
};

/** Connected probes and measurements over time, with the incident, gaps and events: shapes that SVG and PDF draw alike. */
export function timelineChart(facts: Facts, language: Language): Drawing {
  const { timeline } = facts;
  const words = REPORT_WORDS[language].chart;
  const [from, to] = [Date.parse(timeline.from), Date.parse(timeline.to)];
  const x: Scale = (time) =>
    LEFT + ((RIGHT - LEFT) * (clamped(Date.parse(time), from, to) - from)) / Math.max(1, to - from);
  const lanes = timeline.measured.length === 0 ? [PROBES] : [PROBES, MEASURED];
  const top = lastOf(lanes) + LEGEND;
  const meanings = legend(words, { top, measured: lanes.length > 1, gaps: timeline.gaps.length > 0 });
  const shapes = [
    ...incidentBand(facts, x, lanes),
    ...timeline.gaps.map((gap) => bar("gap", x, gap, { top: PROBES.top, bottom: lastOf(lanes) })),
    ...probesLane(facts, x, words.probes),
    ...(timeline.measured.length === 0 ? [] : measuredLane(facts, x, words.measurements)),
    ...eventMarks(facts, x),
    ...axis(facts, x, { language, bottom: lastOf(lanes) }),
    ...meanings.shapes,
  ];
  return {
    width: WIDTH,
    height: top + meanings.height,
    shapes,
    describes: described(facts, language),
  };
}

/** The incident's bounds in words: what the drawing adds to them stands in the tables. */
function described({ incident: { start, end }, clocks }: Facts, language: Language): string {
  const { moment } = REPORT_WORDS[language];
  const told = ({ earliest, latest }: typeof start) =>
    spanText(momentOf(clocks, earliest), momentOf(clocks, latest), language);
  const began = `${moment.began}: ${told(start)}.`;
  return end === null ? began : `${began} ${moment.ended}: ${told(end)}.`;
}

function incidentBand({ incident, timeline }: Facts, x: Scale, lanes: readonly Lane[]): Shape[] {
  const { start, end } = incident;
  const span = { top: PROBES.top - 4, bottom: lastOf(lanes) };
  const inner = { from: start.latest, to: end?.earliest ?? timeline.to };
  return [
    bar("edge", x, { from: start.earliest, to: start.latest }, span),
    ...(end === null ? [] : [bar("edge", x, { from: end.earliest, to: end.latest }, span)]),
    ...(inner.from < inner.to ? [bar("incident", x, inner, span)] : []),
  ];
}

function probesLane({ timeline: { points } }: Facts, x: Scale, title: string): Shape[] {
  const most = Math.max(1, ...points.map(({ max, expected }) => Math.max(max ?? 0, expected)));
  const y = (count: number) => PROBES.bottom - ((PROBES.bottom - PROBES.top) * count) / most;
  const told = points.filter(({ min, max }) => min !== null && max !== null);
  return [
    laneTitle(title, PROBES),
    ...scaleTexts(most, PROBES),
    ...told.map(({ from, to, max, min }): Shape => {
      const [high, low] = [y(max ?? 0), y(min ?? 0)];
      const x0 = x(from);
      return { shape: "rect", ink: "probes", x: x0, y: high, width: x(to) - x0, height: Math.max(low - high, 0.8) };
    }),
    ...told.map(({ from, to, min }): Shape => {
      const x0 = x(from);
      const top = y(min ?? 0);
      return { shape: "rect", ink: "clear", x: x0, y: top, width: x(to) - x0, height: PROBES.bottom - top };
    }),
    ...steps(told.map(({ from, to, expected }) => [x(from), x(to), y(expected)] as const)),
    baseline(PROBES),
  ];
}

/** A line that keeps its height from one moment to the next. */
function steps(pieces: readonly (readonly [from: number, to: number, y: number])[]): Shape[] {
  if (pieces.length === 0) return [];
  return [
    {
      shape: "line",
      ink: "expected",
      points: pieces.flatMap(([from, to, y]) => [[from, y] as const, [to, y] as const]),
    },
  ];
}

function measuredLane({ timeline: { measured } }: Facts, x: Scale, title: string): Shape[] {
  const most = Math.max(1, ...measured.map(({ measurements }) => measurements));
  const height = (count: number) => ((MEASURED.bottom - MEASURED.top) * count) / most;
  return [
    laneTitle(title, MEASURED),
    ...scaleTexts(most, MEASURED),
    ...measured.flatMap(({ from, to, interfered, measurements }): Shape[] => {
      const [x0, width] = [x(from), Math.max(0, x(to) - x(from) - 0.4)];
      if (width === 0) return [];
      const [bad, all] = [height(interfered), height(measurements)];
      return [
        { shape: "rect", ink: "clear", x: x0, y: MEASURED.bottom - all, width, height: all - bad },
        { shape: "rect", ink: "bad", x: x0, y: MEASURED.bottom - bad, width, height: bad },
      ];
    }),
    baseline(MEASURED),
  ];
}

/** Events by their place in the table below the chart: A, B, C … */
function eventMarks({ events, timeline }: Facts, x: Scale): Shape[] {
  const shown = events.filter(({ start }) => start >= timeline.from && start <= timeline.to).slice(0, 26);
  return shown.flatMap(({ start }, at): Shape[] => {
    const place = x(start);
    return [
      {
        shape: "line",
        ink: "mark",
        points: [
          [place, PROBES.top - 8],
          [place, PROBES.top],
        ],
      },
      { shape: "text", x: place, y: PROBES.top - 10, text: letterOf(at), anchor: "middle", size: SMALL },
    ];
  });
}

/** Letter of the n-th event of a report. */
export function letterOf(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : "";
}

function axis(
  { timeline: { ticks }, clocks }: Facts,
  x: Scale,
  { language, bottom }: { language: Language; bottom: number },
): Shape[] {
  const shown = ticks.map((tick) => wallClock(momentOf(clocks, tick).local));
  return ticks.flatMap((tick, at): Shape[] => {
    const wall = shown[at];
    const before = shown[at - 1];
    if (wall === undefined) return [];
    const [place, newDay] = [x(tick), before === undefined || before.day !== wall.day || before.month !== wall.month];
    const anchor = place > RIGHT - 24 ? "end" : place < LEFT + 12 ? "start" : "middle";
    const date = dateText(wall, language, before === undefined || before.year !== wall.year);
    return [
      {
        shape: "line",
        ink: "grid",
        points: [
          [place, PROBES.top - 4],
          [place, bottom + 3],
        ],
      },
      { shape: "text", x: place, y: bottom + 11, text: clockText(wall), anchor, size: SMALL },
      ...(newDay ? [{ shape: "text", x: place, y: bottom + 20, text: date, anchor, size: SMALL } as const] : []),
    ];
  });
}
