import type { Incident, TargetDay, TargetView } from "../../collector/api/types.ts";
import { type DaySquare, daysBetween } from "../chart/day-strip.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { chartHref, dataHref, networkHref } from "../links.ts";
import { dayResult, sumOfDays } from "../words/day-result.ts";
import { lookOf } from "../words/finding.ts";
import { markOf } from "../words/marked-day.ts";
import { networkShort } from "../words/names.ts";
import { type DayRow, dayRows, dayTable } from "./day-rows.ts";
import { figure } from "./figure.ts";
import type { MatrixCell } from "./matrix.ts";
import { share } from "./share.ts";

/** How a site fared day by day on each network: squares, and the same as a table. */
export function dayHistory(context: Context, view: TargetView): Html {
  const { t, language } = context;
  const { days, rows } = targetHistory(context, view);
  if (rows.length === 0)
    return html`<section aria-labelledby="days"><h2 id="days">${t("site.days")}</h2><p class="empty">${t("site.days.none")}</p></section>`;
  const few = view.days.some((day) => day.few === true);
  return figure(context, {
    id: "days",
    title: t("site.days"),
    sentence: historySentence(context, view, rows),
    drawing: dayRows(context, days, rows),
    legend: html`<p class="note">${t("site.days.note")}${few && ` ${t("site.days.few")}`}</p>`,
    table: historyTable(context, view, days),
    csv: dataHref("verdicts", "csv", {
      target: view.target.id,
      from: `${view.from}T00:00:00Z`,
      to: view.asOf,
    }),
    png: chartHref(language, `targets/${view.target.id}`, {}),
    share: share(context, { embed: `targets/${view.target.id}`, title: view.target.id, heightPx: 640 }),
  });
}

/** Days and rows of a site's history, as drawn. */
export function targetHistory(context: Context, view: TargetView): { days: string[]; rows: DayRow[] } {
  const days = daysBetween(view.from, view.to);
  return { days, rows: networksOf(view).map((asn) => rowOf(context, view, days, asn)) };
}

function networksOf(view: TargetView): (number | null)[] {
  const totals = new Map<number | null, number>();
  for (const day of view.days) totals.set(day.asn, (totals.get(day.asn) ?? 0) + dayResult(day).all);
  return [...totals].sort(([a, m], [b, n]) => n - m || Number(a) - Number(b)).map(([asn]) => asn);
}

function rowOf(context: Context, view: TargetView, days: readonly string[], asn: number | null): DayRow {
  const own = view.days.filter((day) => day.asn === asn);
  const byDay = new Map(own.map((day) => [day.day, day]));
  const bad = own.filter((day) => markOf(day, view.incidents) === "signs").length;
  const name = networkShort(context, asn);
  return {
    name,
    href: asn === null ? null : networkHref(context.language, asn),
    label: context.t("site.days.label", { network: name, bad, measured: own.length }),
    days: days.map((day) => ({
      square: squareOf(byDay.get(day), view.incidents),
      key: keyOf(byDay.get(day), view.incidents),
    })),
  };
}

function squareOf(day: TargetDay | undefined, incidents: readonly Incident[]): DaySquare {
  if (day === undefined) return { ground: "none", share: 0, fill: "day-bad" };
  const { share } = dayResult(day);
  const marked = markOf(day, incidents) === "signs";
  const shown = day.few === true && marked ? 1 : Math.ceil(share * 10) / 10;
  return { ground: "ok", share: shown, fill: marked ? "day-bad" : "day-single" };
}

function keyOf(day: TargetDay | undefined, incidents: readonly Incident[]): string {
  return day === undefined ? "none" : `${dayResult(day).worst?.code ?? "none"} ${markOf(day, incidents)}`;
}

/** The history in one sentence. */
export function historySentence(context: Context, view: TargetView, rows: readonly DayRow[]): string {
  const marked = view.days.filter((day) => markOf(day, view.incidents) === "signs");
  return context.t("site.days.sentence", {
    site: view.target.id,
    bad: new Set(marked.map(({ asn }) => asn)).size,
    all: rows.length,
    days: new Set(marked.map(({ day }) => day)).size,
  });
}

function historyTable(context: Context, view: TargetView, days: readonly string[]): Html {
  const asns = networksOf(view);
  const at = new Map(view.days.map((day) => [`${day.day} ${day.asn}`, day]));
  const dayOf = (index: number, asn: number | null) => at.get(`${days[index]} ${asn}`);
  return dayTable(context, days, {
    id: "days-table",
    caption: context.t("site.days.caption"),
    columns: asns.map((asn) => networkShort(context, asn)),
    keyOf: (day) => asns.map((asn) => keyOf(dayOf(day, asn), view.incidents)).join(),
    cellOf: (column, all) => {
      const asn = asns[column] ?? null;
      return resultCell(
        context,
        all.flatMap((index) => dayOf(index, asn) ?? []),
        view.incidents,
      );
    },
  });
}

/** What some days of one network amount to, in a cell. Single judgements of interference are told as a remark. */
export function resultCell({ t }: Context, days: readonly TargetDay[], incidents: readonly Incident[]): MatrixCell {
  const sum = sumOfDays(days);
  const { worst, usual, all } = dayResult(sum);
  if (worst === undefined || usual === undefined) return { content: t("targets.notMeasured"), look: "is-none" };
  const told = days.some((day) => markOf(day, incidents) === "signs") ? worst : usual;
  const { look, glyph } = lookOf(told.code);
  const share = sum.few ? t("probes.few") : t("coverage.cell", { present: worst.count, known: all });
  const remark = told.code === worst.code ? share : `${t(`method.${worst.code}`)}: ${share}`;
  return {
    content: html`<span class="glyph" aria-hidden="true">${glyph}</span> ${t(`method.${told.code}`)} <small>${remark}</small>`,
    look,
  };
}
