import type { Incident, MatrixView, StateCell } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { html } from "../html.ts";
import { timelineHref } from "../links.ts";
import { type MatrixCell, nobody } from "../parts/matrix.ts";
import { gravestKind, touchesPlace } from "../place-rank.ts";
import { TILES } from "../tiles.ts";
import { regionName } from "./names.ts";

const HALF_WINDOW_MS = 12 * 3_600_000;

export type MatrixRow = { region: string; cells: ReadonlyMap<number, StateCell>; open: readonly Incident[] };

/** What the looks of cells mean, gravest first. */
export const LOOKS = [
  { look: "is-cut", glyph: "✕", key: "matrix.look.cut" },
  { look: "is-limited", glyph: "◐", key: "matrix.look.limited" },
  { look: "is-blocked", glyph: "⊘", key: "matrix.look.blocked" },
  { look: "is-quiet", glyph: "✓", key: "matrix.look.quiet" },
  { look: "is-few", glyph: "?", key: "matrix.look.few" },
  { look: "is-none", glyph: "–", key: "matrix.look.none" },
] as const;
type Look = (typeof LOOKS)[number]["look"];

/** Regions in the order asked for, and the networks that are watched anywhere, those of most probes first. */
export function rowsOf(context: Context, view: MatrixView): { rows: MatrixRow[]; asns: number[] } {
  const totals = new Map<number, number>();
  for (const { asn, expected } of view.cells) totals.set(asn, (totals.get(asn) ?? 0) + Math.max(1, expected));
  const asns = [...totals].sort(([a, m], [b, n]) => n - m || a - b).map(([asn]) => asn);
  const rows = TILES.map(
    ({ code }): MatrixRow => ({
      region: code,
      cells: new Map(view.cells.filter(({ region }) => region === code).map((cell) => [cell.asn, cell])),
      open: view.open.filter((incident) => touchesPlace(incident, code, null)),
    }),
  ).map((row) => (row.cells.size === 0 ? { ...row, open: row.open.filter(({ regions }) => regions.length > 0) } : row));
  const collator = new Intl.Collator(context.language);
  const byName = (a: MatrixRow, b: MatrixRow) =>
    collator.compare(regionName(context, a.region), regionName(context, b.region));
  const worst = (row: MatrixRow) => gravestKind(row.open) * 100 - row.open.length - (row.cells.size > 0 ? 0.5 : 0);
  return { asns, rows: rows.sort((a, b) => (view.sort === "worst" ? worst(a) - worst(b) : 0) || byName(a, b)) };
}

/** What one cell tells, with a sign, a word or number, and a link to the timeline around the moment. */
export function cellOf(context: Context, view: MatrixView, row: MatrixRow, asn: number): MatrixCell {
  const { look, text } = cellTold(context, view, row, asn);
  if (look === "is-nobody") return { content: nobody(text), look };
  const glyph = LOOKS.find((one) => one.look === look)?.glyph ?? "–";
  const at = Date.parse(view.at);
  const [from, to] = [at - HALF_WINDOW_MS, at + HALF_WINDOW_MS].map((moment) => new Date(moment).toISOString());
  return {
    content: html`<span class="glyph" aria-hidden="true">${glyph}</span> ${text}`,
    look,
    href: timelineHref(context.language, { region: row.region, asn, from, to }),
  };
}

/** The look and the word or number of one cell. */
export function cellTold(context: Context, view: MatrixView, row: MatrixRow, asn: number): Told {
  const cell = row.cells.get(asn);
  if (cell === undefined) return { look: "is-nobody", text: context.t("coverage.noneHere") };
  const open = row.open.filter((incident) => touchesPlace(incident, row.region, asn));
  return told(context, view, cell, open);
}

type Told = { look: Look | "is-nobody"; text: string };

function told(context: Context, view: MatrixView, cell: StateCell, open: readonly Incident[]): Told {
  const { t } = context;
  if (view.value === "incidents") return incidentsTold(context, cell, open);
  if (cell.few === true) return { look: "is-few", text: t("coverage.few") };
  if (view.value === "connected") return connectedTold(context, cell, open);
  const { codes, targets, blocked } = cell;
  const count = view.value === "dns" ? (codes.dns_tamper ?? 0) : blocked + (codes.throttled ?? 0);
  if (targets === 0) return { look: "is-none", text: t("targets.notMeasured") };
  return { look: count > 0 ? "is-blocked" : "is-quiet", text: t("coverage.cell", { present: count, known: targets }) };
}

function connectedTold({ t }: Context, { expected, min }: StateCell, open: readonly Incident[]): Told {
  if (min === null) return { look: "is-none", text: t("chart.noData") };
  const text = t("coverage.cell", { present: min, known: expected });
  const loss = open.some(({ kind }) => kind === "shutdown" || kind === "outage");
  if (min === 0) return { look: loss ? "is-cut" : "is-none", text };
  return { look: loss || min * 2 < expected ? "is-limited" : "is-quiet", text };
}

function incidentsTold({ t, said }: Context, { few, min }: StateCell, open: readonly Incident[]): Told {
  const [gravest] = [...open].sort((a, b) => gravestKind([a]) - gravestKind([b]));
  if (gravest !== undefined) {
    const look = gravest.kind === "shutdown" || gravest.kind === "outage" ? "is-limited" : "is-blocked";
    return { look, text: `${said.kind[gravest.kind]}${open.length > 1 ? ` +${open.length - 1}` : ""}` };
  }
  if (few === true) return { look: "is-few", text: t("coverage.few") };
  return min === null || min === 0
    ? { look: "is-none", text: t("chart.noData") }
    : { look: "is-quiet", text: t("region.quiet") };
}
