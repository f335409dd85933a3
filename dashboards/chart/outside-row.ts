import type { OutsideRow } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { bandRect } from "./bands.ts";
import { percent, type Scale } from "./scale.ts";

const HEIGHT_PX = 30;
/** The row's height in units of its drawing; what is left above the highest value keeps it off the next row. */
const [UNITS, FULL] = [1000, 920];

/**
 * A series of another project as it was received, on its own scale: smallest and largest value of each step, never
 * joined over what it did not tell; or the spans that it marked. Outside the times it was asked for it is hatched.
 */
export function outsideStrip(context: Context, scale: Scale, row: OutsideRow): Html {
  const { buckets, spans, retrievedAt } = row;
  const spansDrawn = spans.map(({ from, to }) =>
    bandRect(scale, Date.parse(from), Date.parse(to ?? retrievedAt), html`class="outside-span"`, 9, 12),
  );
  const before = bandRect(scale, scale.fromMs, Date.parse(row.from), html`fill="url(#hatch)"`, 0, HEIGHT_PX);
  const after = bandRect(
    scale,
    Math.max(scale.fromMs, Date.parse(row.to)),
    scale.toMs,
    html`fill="url(#hatch)"`,
    0,
    HEIGHT_PX,
  );
  return html`<svg class="strip-row outside" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${outsideName(context, row)}">${before}${after}${
    buckets.length > 0 &&
    html`<svg width="100%" height="100%" viewBox="0 0 10000 ${UNITS}" preserveAspectRatio="none"><path class="outside-band" d="${band(scale, row)}"/></svg>`
  }${spansDrawn}</svg>`;
}

/** Source, its own name of the signal, and the scale on which it is drawn. */
export function outsideName({ t, language }: Pick<Context, "t" | "language">, row: OutsideRow): string {
  const { source, entity, low, high } = row;
  const named = { source: SOURCES[source], signal: entity.code === "KZ" ? row.signal : `${row.signal} ${entity.code}` };
  if (low === null || high === null) return t("chart.outsideSpans", named);
  const number = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  return t("chart.outsideRow", { ...named, low: number.format(low), high: number.format(high) });
}

const SOURCES: Readonly<Record<OutsideRow["source"], string>> = {
  ioda: "IODA",
  radar: "Cloudflare Radar",
  ooni: "OONI",
};

/** One box a step, from its smallest to its largest value; at least a hair high, so that an even line is seen. */
function band(scale: Scale, { buckets, low, high }: OutsideRow): string {
  const span = Math.max(1e-9, (high ?? 1) - (low ?? 0));
  const y = (value: number) => Math.round(UNITS - ((value - (low ?? 0)) / span) * FULL);
  return buckets
    .map(({ from, to, min, max }) => {
      if (min === null || max === null) return "";
      const [left, right] = [from, to].map((at) => Math.round(percent(scale, Date.parse(at)) * 100));
      const [bottom, top] = [y(min), Math.min(y(max), y(min) - 40)];
      return `M${left} ${bottom}V${top}H${right}V${bottom}z`;
    })
    .join("");
}
