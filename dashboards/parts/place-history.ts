import type { CoveragePoint, Incident, PlaceView, PresenceRow } from "../../collector/api/types.ts";
import { daysBetween } from "../chart/day-strip.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { chartHref, dataHref, networkHref, regionHref } from "../links.ts";
import { gravestKind, touchesPlace } from "../place-rank.ts";
import { networkShort, regionName } from "../words/names.ts";
import { placeName } from "../words/place-sentence.ts";
import { type DayRow, dayRows, dayTable } from "./day-rows.ts";
import { figure } from "./figure.ts";
import type { MatrixCell } from "./matrix.ts";
import { share } from "./share.ts";

const DAY_MS = 86_400_000;

/** A place day by day: of each network in a region (or region of a network), whether it was watched and what was open. */
export function placeHistory(context: Context, view: PlaceView): Html {
  const { t, language } = context;
  const { rows, days } = historyOf(context, view);
  if (rows.length === 0)
    return html`<section aria-labelledby="history"><h2 id="history">${t("place.history")}</h2>
<p class="empty">${t("coverage.empty")}</p></section>`;
  const choice = { region: view.region, asn: view.asn, from: `${view.from}T00:00:00Z`, to: view.asOf };
  const path = view.region === null ? `networks/AS${view.asn}` : `regions/${view.region}`;
  return figure(context, {
    id: "history",
    title: t("place.history"),
    sentence: historySentence(context, view, rows),
    drawing: dayRows(context, days, rows),
    legend: html`<p class="note">${t("place.historyNote")}</p>`,
    table: historyTable(context, rows, days),
    csv: dataHref("presence", "csv", choice),
    png: chartHref(language, path, {}),
    share: share(context, { embed: path, title: placeName(context, view), heightPx: 640 }),
  });
}

/** Days and rows of a place's history, as drawn and as told. */
export function historyOf(context: Context, view: PlaceView): { rows: DayRow[]; days: string[] } {
  const days = daysBetween(view.from, view.to);
  return { days, rows: view.rows.map((row) => rowOf(context, view, row, days)) };
}

function rowOf(context: Context, view: PlaceView, row: PresenceRow, days: readonly string[]): DayRow {
  const { t, language } = context;
  const region = view.region ?? row.region;
  const asn = view.asn ?? row.asn;
  const lumped = row.region === null && row.asn === null;
  const touching = lumped ? [] : view.incidents.filter((incident) => touchesPlace(incident, region, asn));
  const told = days.map((day, index) => dayOf(touching, day, row.points[index], view.asOf));
  const bad = told.filter(({ square }) => square.share > 0).length;
  const watched = told.filter(({ square }) => square.ground === "ok").length;
  const name = lumped
    ? t("place.others")
    : view.region === null
      ? regionName(context, row.region)
      : networkShort(context, row.asn);
  const href = lumped
    ? null
    : view.region !== null
      ? row.asn === null
        ? null
        : networkHref(language, row.asn)
      : row.region === null
        ? null
        : regionHref(language, row.region);
  return { name, href, label: t("place.historyLabel", { name, bad, watched, all: days.length }), days: told };
}

function dayOf(incidents: readonly Incident[], day: string, point: CoveragePoint | undefined, asOf: string) {
  const from = Date.parse(`${day}T00:00:00Z`);
  const open = incidents.filter(
    ({ start, end }) => Date.parse(start.earliest) < from + DAY_MS && Date.parse(end?.latest ?? asOf) > from,
  );
  const ground =
    point?.few === true
      ? ("few" as const)
      : point === undefined || point.max === null || point.max === 0
        ? ("none" as const)
        : ("ok" as const);
  const [gravest] = [...open].sort((a, b) => gravestKind([a]) - gravestKind([b]));
  const kind = gravest?.kind ?? null;
  const share = Math.max(0, ...open.filter((one) => one.kind === kind).map((one) => shareOf(one, from, asOf)));
  const rounded = share === 0 ? 0 : Math.max(0.1, Math.round(share * 10) / 10);
  return { square: { ground, share: rounded, fill: kind === null ? "" : `k-${kind}` }, key: kind ?? ground };
}

/** The part of a day that an incident took. */
function shareOf({ start, end }: Incident, dayMs: number, asOf: string): number {
  const from = Math.max(dayMs, Date.parse(start.latest));
  const to = Math.min(dayMs + DAY_MS, Date.parse(end?.earliest ?? asOf));
  return Math.max(0.02, (to - from) / DAY_MS);
}

function historyTable(context: Context, rows: readonly DayRow[], days: readonly string[]): Html {
  const keyAt = (row: number, day: number) => rows[row]?.days[day]?.key ?? "none";
  return dayTable(context, days, {
    id: "history-table",
    caption: context.t("place.historyCaption"),
    columns: rows.map(({ name }) => name),
    keyOf: (day) => rows.map((_, row) => keyAt(row, day)).join(),
    cellOf: (column, all) => dayCell(context, keyAt(column, all[0] ?? 0)),
  });
}

function dayCell({ t, said }: Context, key: string): MatrixCell {
  switch (key) {
    case "ok":
      return { content: html`<span class="glyph" aria-hidden="true">✓</span> ${t("region.quiet")}`, look: "is-quiet" };
    case "few":
      return { content: html`<span class="glyph" aria-hidden="true">?</span> ${t("region.few")}`, look: "is-few" };
    case "shutdown":
    case "outage":
    case "block":
    case "interception":
    case "throttle":
      return {
        content: html`<span class="glyph" aria-hidden="true">✕</span> ${said.kind[key]}`,
        look: `is-${LOOKS[key]}`,
      };
    default:
      return { content: html`<span class="glyph" aria-hidden="true">–</span> ${t("region.none")}`, look: "is-none" };
  }
}

const LOOKS: Readonly<Record<Incident["kind"], string>> = {
  shutdown: "limited",
  outage: "outage",
  block: "blocked",
  interception: "blocked",
  throttle: "blocked",
};

/** The history in one sentence. */
export function historySentence(context: Context, view: PlaceView, rows: readonly DayRow[]): string {
  const { t } = context;
  const count = view.incidents.length;
  const watched = rows.reduce(
    (most, { days }) => Math.max(most, days.filter(({ square }) => square.ground === "ok").length),
    0,
  );
  return t("place.historySentence", {
    place: placeName(context, view),
    count,
    watched,
    all: rows[0]?.days.length ?? 0,
  });
}
