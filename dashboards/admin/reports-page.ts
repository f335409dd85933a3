import type { Frame, ReportFormView, ReportRow, ReportsView } from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { sourceHtml } from "../parts/timeline-tables.ts";
import { regionName } from "../words/names.ts";
import { area, field, hidden, placeChoices, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { eventWhen } from "./when.ts";

const KINDS = ["shutdown", "block", "throttle", "interception", "other"] as const;
const PRECISIONS = ["minute", "hour", "day", "month"] as const;
const GRADES = ["A", "B", "C"] as const;
const LANGUAGES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;

/** What press and NGOs reported, latest first, and which incidents each may speak of. */
export function reportsPage({ reports, numbers }: ReportsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const editor = may(frame, "editor");
  const columns = [t("reports.what"), t("events.when"), t("events.where"), t("reports.grade"), t("desk.reports.links")];
  const told = [...columns, t("events.source"), t("desk.reports.state")];
  const main = html`<p class="dek">${t("desk.reports.dek")}</p>
${editor && html`<p class="links"><a class="button" href="${deskHref(frame, "/reports/edit")}">${t("desk.reports.add")}</a></p>`}
${dataTable({
  ...{ id: "reports-table", caption: t("desk.reports.caption"), look: "sourced" },
  columns: editor ? [...told, t("desk.do")] : told,
  rows: reports.map((report) => ({
    id: `report-${report.id}`,
    cells: [...reportCells(context, { report, numbers }, frame), ...(editor ? [acts(context, report, frame)] : [])],
  })),
})}`;
  return deskDocument(frame, { title: t("desk.nav.reports"), current: "reports", main });
}

type Told = Pick<ReportsView, "numbers"> & { report: ReportRow };

function reportCells(context: Context, { report, numbers }: Told, frame: Frame) {
  const { t, language } = context;
  const incidents = [...new Set((report.links ?? []).map(({ incident }) => numbers.get(incident) ?? incident))];
  const href = (incident: string) => deskHref(frame, `/incidents/${encodeURIComponent(incident)}`);
  return [
    html`${report.title[language]}<br><span class="small">${kindName(context, report.kind)} · ${report.id}</span>`,
    eventWhen(context, report),
    regionName(context, report.place),
    report.grade,
    incidents.length === 0
      ? "–"
      : html`<ul class="plain ids">${incidents.map((incident) => html`<li><a href="${href(incident)}">${incident}</a></li>`)}</ul>`,
    sourceHtml(report.source),
    report.withdrawn ? html`<b>${t("desk.reports.withdrawn")}</b>` : t(`desk.reports.${report.origin}`),
  ];
}

function kindName({ t, said }: Context, kind: ReportRow["kind"]): string {
  return kind === "other" ? t("report.other") : said.kind[kind];
}

function acts({ t }: Context, { id, withdrawn }: ReportRow, frame: Frame): Html {
  const href = `${deskHref(frame, "/reports/edit")}?report=${encodeURIComponent(id)}`;
  const button = html`<button class="danger">${t("desk.reports.withdraw")}</button>`;
  const form = postForm(frame, "/reports/withdraw", html`${hidden("report", id)}${button}`, { className: "in-row" });
  return html`<a href="${href}">${t("desk.change")}</a>${!withdrawn && form}`;
}

/** One report, to be recorded or corrected. */
export function reportFormPage({ values, isNew }: ReportFormView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const of = (name: string) => values[name] ?? "";
  const line = (name: string, label: string, more: { hint?: string; required?: boolean } = {}) =>
    field({ name, label, value: of(name), ...more });
  const titles = (["kk", "ru", "en"] as const).map((language) =>
    area({
      ...{ name: `title-${language}`, value: of(`title-${language}`), rows: 2, required: true },
      label: t("desk.reports.titleIn", { language: LANGUAGES[language] }),
    }),
  );
  const choices = html`${select({
    ...{ name: "kind", label: t("desk.events.kind"), value: of("kind") },
    choices: KINDS.map((value) => ({ value, label: kindName(context, value) })),
  })}${select({ name: "place", label: t("events.where"), value: of("place"), choices: placeChoices(context) })}`;
  const times = html`${line("start", t("desk.events.start"), { hint: t("desk.events.timeHint"), required: true })}${line(
    "end",
    t("desk.events.end"),
  )}${select({
    ...{ name: "precision", label: t("desk.events.precision"), value: of("precision") || "day" },
    choices: PRECISIONS.map((value) => ({ value, label: t(`precision.${value}`) })),
  })}`;
  const grade = select({
    ...{ name: "grade", label: t("reports.grade"), value: of("grade") || "C" },
    choices: GRADES.map((value) => ({ value, label: t(`reports.grade.${value}`) })),
  });
  const targets = line("targets", t("desk.act.targets"), { hint: t("desk.reports.targetsHint") });
  const source = line("source", t("events.source"), { hint: t("desk.reports.sourceHint"), required: true });
  const send = html`<p><button>${t("desk.save")}</button> <a href="${deskHref(frame, "/reports")}">${t("desk.back")}</a></p>`;
  const main = html`<p class="dek">${t("desk.reports.formDek")}</p>
${postForm(frame, "/reports/edit", html`${hidden("id", of("id"))}${titles}${choices}${times}${grade}${targets}${source}${send}`)}`;
  const title = isNew ? t("desk.reports.add") : t("desk.reports.changeTitle");
  return deskDocument(frame, { title, current: "reports", main });
}
