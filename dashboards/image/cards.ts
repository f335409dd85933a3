import type {
  Incident,
  IncidentView,
  Language,
  NowView,
  Pages,
  PlaceView,
  TargetView,
} from "../../collector/api/types.ts";
import { axisSvg, gridSvg } from "../chart/axis.ts";
import { coverageBand } from "../chart/coverage-band.ts";
import { dayStrip } from "../chart/day-strip.ts";
import { incidentLanes } from "../chart/incident-lanes.ts";
import { scaleOf } from "../chart/scale.ts";
import { type Context, contextOf } from "../context.ts";
import { type Html, html } from "../html.ts";
import { targetHistory } from "../parts/day-history.ts";
import { type DayRow, monthAxis } from "../parts/day-rows.ts";
import { historyOf } from "../parts/place-history.ts";
import { STATE_GLYPHS } from "../parts/tile-map.ts";
import { gravestKind, touchesPlace } from "../place-rank.ts";
import { type RegionState, regionSummary } from "../region-state.ts";
import { TILES } from "../tiles.ts";
import { isInterference } from "../words/finding.ts";
import { incidentZone } from "../words/incident.ts";
import { incidentLead, nowLead, placeLead, placeState, siteLead } from "../words/lead.ts";
import { gravestFirst } from "../words/now-sentence.ts";
import { CARD_INNER_PX, type CardParts, cardSvg } from "./card-frame.ts";
import { sourceLine } from "./source-line.ts";
import { wrapped } from "./wrap.ts";

/** The pictures that messengers show beside a link. */
export const cards: Pages["cards"] = { now: nowCard, incident: incidentCard, place: placeCard, target: targetCard };

const TILE_PX = 56;
const TILE_GAP_PX = 5;
const STRIP_PX = 26;
const BAND_PX = 132;
const NAME_PX = 210;
const ROWS_MOST = 3;

function nowCard(view: NowView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const step = TILE_PX + TILE_GAP_PX;
  const tiles = TILES.map(({ code, column, row, short }): Html => {
    const { state } = regionSummary(code, view);
    const [x, y] = [column * step + 2, row * step + 2];
    const look = state === "cut" ? "on-is-cut" : "ink";
    return html`<rect class="tile tile-${state}" x="${x}" y="${y}" width="${TILE_PX}" height="${TILE_PX}" rx="4"/><text class="${look}" x="${x + TILE_PX / 2}" y="${y + 24}" text-anchor="middle">${short[language]}</text><text class="${look} px-19" x="${x + TILE_PX / 2}" y="${y + 46}" text-anchor="middle">${STATE_GLYPHS[state]}</text>`;
  });
  const [gravest] = gravestFirst(view.open);
  return cardSvg({
    lead: nowLead(context, view),
    edge: gravest === undefined ? "quiet" : edgeOf(gravest.kind),
    beside: { drawing: html`${tiles}`, widthPx: 7 * step + 2, heightPx: 5 * step + 4 },
    ...signed(context, view, address),
  });
}

function incidentCard(view: IncidentView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const zone = incidentZone(context, view.incident);
  const scale = scaleOf(view.from, view.to);
  const words = { noData: context.t("chart.noData"), few: context.t("chart.few"), label: "" };
  const lanes = incidentLanes(context, scale, [{ letter: "A", incident: view.incident }], view.asOf);
  const band = coverageBand({ scale, points: view.coverage, gaps: view.gaps, words });
  const lanesTop = 36 + BAND_PX + 4;
  const drawing = html`<svg width="100%" height="${lanesTop + lanes.heightPx}">${gridSvg(scale, zone, [])}</svg>${axisSvg(context, scale, zone)}<svg y="36" width="100%" height="${BAND_PX}">${band}</svg><svg y="${lanesTop}" width="100%" height="${lanes.heightPx}">${lanes.drawing}</svg>`;
  return cardSvg({
    lead: incidentLead(context, view),
    edge: edgeOf(view.incident.kind),
    below: { drawing, heightPx: lanesTop + lanes.heightPx },
    ...signed(context, view, address),
  });
}

function placeCard(view: PlaceView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { days, rows } = historyOf(context, view);
  return cardSvg({
    lead: placeLead(context, view),
    edge: EDGES[placeState(view)],
    below: strips(context, days, openFirst(view, rows)),
    ...signed(context, view, address),
  });
}

/** Rows in which something is open come first, the gravest before the others: a card has room for few. */
function openFirst(view: PlaceView, rows: readonly DayRow[]): DayRow[] {
  const gravest = ({ region, asn }: PlaceView["rows"][number]) =>
    region === null && asn === null
      ? gravestKind([])
      : gravestKind(view.open.filter((one) => touchesPlace(one, view.region ?? region, view.asn ?? asn)));
  return view.rows
    .flatMap((of, index) => {
      const row = rows[index];
      return row === undefined ? [] : [{ row, rank: gravest(of) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function targetCard(view: TargetView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { days, rows } = targetHistory(context, view);
  const odd = view.cells.some(({ code }) => isInterference(code));
  return cardSvg({
    lead: siteLead(context, view),
    edge: odd ? "block" : view.cells.length === 0 ? "few" : "quiet",
    below: strips(context, days, worstFirst(rows)),
    ...signed(context, view, address),
  });
}

/** Networks with the most days of signs come first. */
function worstFirst(rows: readonly DayRow[]): DayRow[] {
  const bad = ({ days }: DayRow) => days.filter(({ square }) => square.share > 0 && square.fill === "day-bad").length;
  return [...rows].sort((a, b) => bad(b) - bad(a));
}

const EDGES: Readonly<Record<RegionState, CardParts["edge"]>> = {
  ...{ cut: "loss", limited: "loss", outage: "loss", blocked: "block", quiet: "quiet", few: "few", none: "few" },
};

function edgeOf(kind: Incident["kind"]): CardParts["edge"] {
  return kind === "shutdown" || kind === "outage" ? "loss" : "block";
}

function signed(context: Context, view: Parameters<typeof sourceLine>[1], address: string) {
  return { source: sourceLine(context, view), address };
}

type Below = { drawing: Html; heightPx: number };

/** The first rows of ninety days, under one scale, and how many more there are. */
function strips(context: Context, days: readonly string[], rows: readonly DayRow[]): Below | null {
  const shown = rows.slice(0, ROWS_MOST);
  if (shown.length === 0) return null;
  const plotPx = CARD_INNER_PX - NAME_PX;
  const squares = ({ days: told }: DayRow) => told.map(({ square }) => square);
  const drawn = shown.map(
    (row, index): Html =>
      html`<text class="px-19" x="0" y="${index * 36 + 19}">${wrapped(row.name, NAME_PX - 12, 19, 1)[0] ?? ""}</text><svg x="${NAME_PX}" y="${index * 36}" width="${plotPx}" height="${STRIP_PX}">${dayStrip(squares(row), "")}</svg>`,
  );
  const axisTop = shown.length * 36;
  const hidden = rows.length - shown.length;
  const more =
    hidden > 0 &&
    html`<text class="soft px-19" x="0" y="${axisTop + 18}">${context.t("card.more", { count: hidden })}</text>`;
  return {
    drawing: html`${drawn}${more}<svg x="${NAME_PX}" y="${axisTop}" width="${plotPx}" height="22">${monthAxis(context, days)}</svg>`,
    heightPx: axisTop + 22,
  };
}
