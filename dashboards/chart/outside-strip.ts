import type { OutsideRow } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { mergedGaps } from "./fold-coverage.ts";
import { percent, type Scale } from "./scale.ts";

const HEIGHT_PX = 36;
/** Height of the largest value in thousandths; what is left keeps its line from the edge. */
const FULL = 940;

/**
 * A series of another project from its own smallest to its own largest value, never an average and never on a scale of
 * ours; or the times that it marked. Hatched: asked for, and no value given. Empty with a dotted foot: not asked for.
 */
export function outsideStrip(scale: Scale, row: OutsideRow, label: string): Html {
  return html`<svg class="outside" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${label}">${notAsked(scale, row)}${holes(scale, row)}<svg width="100%" height="100%" viewBox="0 0 10000 1000" preserveAspectRatio="none">${valuesOf(scale, row)}</svg>${row.spans.map(
    (span) => box(scale, span.from, span.to ?? row.retrievedAt, html`class="outside-span"`, 8, HEIGHT_PX - 16),
  )}</svg>`;
}

function valuesOf(scale: Scale, row: OutsideRow): Html | null {
  if (row.high === null || row.low === null) return null;
  const range = row.high - row.low;
  const y = (value: number) => Math.round(1000 - (range === 0 ? 0.5 : (value - (row.low ?? 0)) / range) * FULL);
  const parts = row.buckets.map(({ from, to, min, max }) => ({
    x1: Math.round(percent(scale, Date.parse(from)) * 100),
    x2: Math.round(percent(scale, Date.parse(to)) * 100),
    low: min === null ? null : y(min),
    high: max === null ? null : y(max),
  }));
  const area = parts
    .map(({ x1, x2, low, high }) =>
      low === null || high === null || low === high ? "" : `M${x1} ${low}V${high}H${x2}V${low}z`,
    )
    .join("");
  const line = parts
    .map(({ x1, x2, high }, index) => {
      if (high === null) return "";
      const joined = index > 0 && parts[index - 1]?.high !== null;
      return `${joined ? "V" : `M${x1} `}${high}H${x2}`;
    })
    .join("");
  return html`<path class="outside-area" d="${area}"/><path class="outside-line" d="${line}"/>`;
}

function holes(scale: Scale, { buckets, from, to }: OutsideRow): Html[] {
  const asked = buckets.filter(
    (bucket) =>
      bucket.max === null && Date.parse(bucket.to) > Date.parse(from) && Date.parse(bucket.from) < Date.parse(to),
  );
  return mergedGaps(asked).map((hole) => box(scale, hole.from, hole.to, html`fill="url(#hatch)"`, 0, HEIGHT_PX));
}

/** The foot of times for which the source was not asked. */
function notAsked(scale: Scale, { buckets, from, to }: OutsideRow): Html[] {
  // A list of marked times does not tell for which times it was asked.
  if (buckets.length === 0) return [];
  const [start, end] = [percent(scale, Date.parse(from)), percent(scale, Date.parse(to))];
  const blanks = [
    [0, start],
    [end, 100],
  ] as const;
  return blanks
    .filter(([left, right]) => right - left > 0.2)
    .map(
      ([left, right]) =>
        html`<line class="outside-none" x1="${left}%" x2="${right}%" y1="${HEIGHT_PX - 1}" y2="${HEIGHT_PX - 1}"/>`,
    );
}

function box(scale: Scale, from: string, to: string, attributes: Html, top: number, height: number): Html {
  const x = percent(scale, Date.parse(from));
  const width = Math.round((percent(scale, Date.parse(to)) - x) * 1000) / 1000;
  return html`<rect x="${x}%" y="${top}" width="${Math.max(0.15, width)}%" height="${height}" ${attributes}/>`;
}
