import type { CoveragePoint, Gap } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { foldCoverage, mergedGaps } from "./fold-coverage.ts";
import { percent, type Scale } from "./scale.ts";

const HEIGHT_PX = 132;
const SMALL_PX = 30;
/** Height of the largest count in thousandths: what is left above it holds its label. */
const FULL = 860;

type Words = { noData: string; few: string; label: string };

type Shown = {
  scale: Scale;
  points: readonly CoveragePoint[];
  gaps: readonly Gap[];
  words: Words;
  /** Further marks of ours over the band. */
  over?: Html | null;
};

/**
 * Probes connected over time as a band from the smallest to the largest count of each bucket, never an average: a
 * short cut must not vanish. Where the collector did not run it is hatched, not joined; where too few probes are known
 * to show their number it is dotted.
 */
export function coverageBand({ scale, points, gaps, words }: Shown): Html {
  const folded = foldCoverage(points);
  const top = niceTop(Math.max(1, ...folded.map((point) => Math.max(point.max ?? 0, point.expected))));
  return html`<svg class="coverage" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${words.label}">
${bandOf({ scale, points: folded, top })}
${holesOf(scale, folded, gaps, words)}
${folded.some(({ max }) => max !== null) && [0, top / 2, top].map((count) => countLabel(count, top))}
</svg>`;
}

/** The same in one low row, for one of many networks or regions: full height is all that were expected. */
export function presenceStrip({ scale, points, gaps, words, over = null }: Shown): Html {
  const folded = foldCoverage(points, 240);
  const top = Math.max(1, ...folded.map((point) => Math.max(point.max ?? 0, point.expected)));
  return html`<svg class="coverage strip-row" width="100%" height="${SMALL_PX}" role="img" aria-label="${words.label}">${bandOf({ scale, points: folded, top })}${holesOf(scale, folded, gaps, { ...words, noData: "", few: "" })}${over}</svg>`;
}

function bandOf(shape: Shape): Html {
  return html`<svg width="100%" height="100%" viewBox="0 0 10000 1000" preserveAspectRatio="none"><path class="under" d="${area(shape, "floor", "min")}"/><path class="between" d="${area(shape, "min", "max")}"/><path class="most" d="${line(shape, "max")}"/><path class="expected" d="${line(shape, "expected")}"/></svg>`;
}

function holesOf(scale: Scale, points: readonly CoveragePoint[], gaps: readonly Gap[], words: Words): Html {
  const untold = points.filter(({ few }) => few === true);
  const holes = [...gaps, ...points.filter((point) => point.max === null && point.few !== true)];
  return html`${mergedGaps(untold).map((hole) => holeRect(scale, hole, "few", words.few))}${mergedGaps(holes).map((hole) => holeRect(scale, hole, "hatch", words.noData))}`;
}

type Shape = { scale: Scale; points: readonly CoveragePoint[]; top: number };
type Edge = "floor" | "min" | "max" | "expected";

function height(point: CoveragePoint, edge: Edge, top: number): number | null {
  if (edge === "floor") return point.max === null ? null : 1000;
  if (point.few === true) return null;
  const count = point[edge];
  return count === null || (edge !== "expected" && point.max === null) ? null : Math.round(1000 - (count / top) * FULL);
}

function across(scale: Scale, at: string): number {
  return Math.round(percent(scale, Date.parse(at)) * 100);
}

/** Steps along one edge; a new stroke begins after each hole. */
function line({ scale, points, top }: Shape, edge: Edge): string {
  let open = false;
  return points
    .map((point) => {
      const y = height(point, edge, top);
      const start = open ? "V" : `M${across(scale, point.from)} `;
      open = y !== null;
      return y === null ? "" : `${start}${y}H${across(scale, point.to)}`;
    })
    .join("");
}

/** The surface between two edges, one box a bucket. */
function area({ scale, points, top }: Shape, low: Edge, high: Edge): string {
  return points
    .map((point) => {
      const [y1, y2] = [height(point, low, top), height(point, high, top)];
      if (y1 === null || y2 === null || y1 === y2) return "";
      return `M${across(scale, point.from)} ${y1}V${y2}H${across(scale, point.to)}V${y1}z`;
    })
    .join("");
}

function holeRect(scale: Scale, hole: Gap, pattern: "hatch" | "few", text: string): Html {
  const x = percent(scale, Date.parse(hole.from));
  const width = Math.round((percent(scale, Date.parse(hole.to)) - x) * 1000) / 1000;
  const wide = width > 24;
  return html`<rect x="${x}%" width="${width}%" height="100%" fill="url(#${pattern})"/>${
    width > 8 &&
    text !== "" &&
    html`<text class="hole${!wide && html` wide-only`}" x="${Math.round(x + width / 2)}%" y="70" text-anchor="middle">${text}</text>`
  }`;
}

function countLabel(count: number, top: number): Html {
  const y = ((1000 - (count / top) * FULL) / 1000) * HEIGHT_PX;
  return html`<line class="level" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="level-label" x="2" y="${y - 3}">${count}</text>`;
}

/** A round number at or above the largest count whose half is whole. */
function niceTop(count: number): number {
  const unit = count <= 20 ? 2 : count <= 100 ? 10 : 50 * Math.ceil(count / 1000);
  return Math.ceil(count / unit) * unit;
}
