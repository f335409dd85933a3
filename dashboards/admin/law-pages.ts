import type { Frame, LegalView, StatementFormView, StatementsView } from "../../collector/admin/types.ts";
import type { LegalBasis } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Fragment, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { regionName } from "../words/names.ts";
import { area, field, hidden, placeChoices, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { eventWhen, when } from "./when.ts";

const BODIES = ["state", "operator", "host", "publisher", "organisation", "other"] as const;
const CLAIMS = ["denies", "confirms", "explains", "announces", "does not know"] as const;
const PRECISIONS = ["minute", "hour", "day", "month"] as const;
const BASES = ["court decision", "administrative order", "no known legal basis", "not yet known"] as const;
const CAUSES = [
  ...["ordered cut", "power cut", "ISP fault", "site fault", "DDoS", "transit filter abroad"],
] as const satisfies readonly string[];

/** Who said what of a disruption, latest first. */
export function statementsPage({ statements }: StatementsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t, language, said } = context;
  const editor = may(frame, "editor");
  const columns = [
    t("desk.statements.speaker"),
    t("events.when"),
    t("desk.statements.claim"),
    t("desk.statements.summary"),
    t("events.source"),
  ];
  const main = html`<p class="dek">${t("desk.statements.dek")}</p>
${editor && html`<p class="links"><a class="button" href="${deskHref(frame, "/statements/edit")}">${t("desk.statements.add")}</a></p>`}
${
  statements.length === 0
    ? html`<p class="empty">${t("desk.statements.none")}</p>`
    : dataTable({
        ...{ id: "statements-table", caption: t("desk.statements.caption") },
        columns: editor ? [...columns, t("desk.do")] : columns,
        rows: statements.map((one) => ({
          id: `statement-${one.id}`,
          cells: [
            html`${one.speakerNames?.[language] ?? one.speaker}<br><span class="small">${said.statement.body[one.body]} · ${regionName(context, one.place)}</span>`,
            eventWhen(context, { start: one.at, end: null, precision: one.precision }),
            html`${said.statement.claim[one.claim]}${one.cause !== null && html`<br><span class="small">${said.cause[one.cause]}</span>`}`,
            one.summary[language],
            one.source,
            ...(editor
              ? [
                  html`<a href="${deskHref(frame, "/statements/edit")}?statement=${encodeURIComponent(one.id)}">${t("desk.change")}</a>`,
                ]
              : []),
          ],
        })),
      })
}`;
  return deskDocument(frame, { title: t("desk.nav.statements"), current: "statements", main });
}

/** One statement, to be recorded or changed. */
export function statementFormPage({ values, isNew }: StatementFormView, frame: Frame): string {
  const context = deskContext(frame);
  const { t, said } = context;
  const of = (name: string) => values[name] ?? "";
  const line = (name: string, label: string, more: { hint?: string; required?: boolean } = {}) =>
    field({ name, label, value: of(name), ...more });
  const main = html`<p class="dek">${t("desk.statements.formDek")}</p>
${postForm(
  frame,
  "/statements/edit",
  html`${hidden("id", of("id"))}${line("speaker", t("desk.statements.speaker"), { hint: t("desk.statements.speakerHint"), required: true })}${select(
    {
      ...{ name: "body", label: t("desk.statements.body"), value: of("body") },
      choices: BODIES.map((value) => ({ value, label: said.statement.body[value] })),
    },
  )}${line("at", t("desk.statements.at"), { hint: t("desk.events.timeHint"), required: true })}${select({
    ...{ name: "precision", label: t("desk.events.precision"), value: of("precision") || "day" },
    choices: PRECISIONS.map((value) => ({ value, label: t(`precision.${value}`) })),
  })}${select({
    ...{ name: "claim", label: t("desk.statements.claim"), value: of("claim") },
    choices: CLAIMS.map((value) => ({ value, label: said.statement.claim[value] })),
  })}${select({
    ...{ name: "cause", label: t("desk.statements.cause"), value: of("cause") },
    choices: [
      { value: "", label: t("desk.statements.noCause") },
      ...CAUSES.map((value) => ({ value, label: said.cause[value] })),
    ],
  })}${select({ name: "place", label: t("events.where"), value: of("place"), choices: placeChoices(context) })}${line("from", t("desk.statements.from"))}${line("to", t("desk.statements.to"))}${line("targets", t("desk.act.targets"))}${line("asns", t("desk.act.asns"))}${line("regions", t("desk.act.regions"))}${(
    ["kk", "ru", "en"] as const
  ).map((language) =>
    area({
      ...{
        name: `summary-${language}`,
        label: t("desk.statements.summaryIn", { language: NAMES[language] }),
        value: of(`summary-${language}`),
      },
      required: true,
    }),
  )}${line("source", t("events.source"), { hint: t("desk.events.sourceHint"), required: true })}<p><button>${t("desk.save")}</button> <a href="${deskHref(frame, "/statements")}">${t("desk.back")}</a></p>`,
)}`;
  const title = isNew ? t("desk.statements.add") : t("desk.statements.changeTitle");
  return deskDocument(frame, { title, current: "statements", main });
}

const NAMES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;

/** What is known of the legal basis of blocks. */
export function legalPage({ records, versions, values }: LegalView, frame: Frame): string {
  const context = deskContext(frame);
  const { t, said } = context;
  const of = (name: string) => values[name] ?? "";
  const line = (name: string, more: { hint?: string; required?: boolean } = {}) =>
    field({ name, label: t(`desk.legal.${name}` as Parameters<typeof t>[0]), value: of(name), ...more });
  const form = postForm(
    frame,
    "/legal",
    html`${line("subject", { hint: t("desk.legal.subjectHint"), required: true })}${select({
      ...{ name: "basis", label: t("desk.legal.basis"), value: of("basis") || "not yet known" },
      choices: BASES.map((value) => ({ value, label: said.legal.basis[value] })),
      hint: t("desk.legal.basisHint"),
    })}${line("authority")}${line("statute")}${line("title")}${line("number")}${line("date")}${line("url")}${line("sha256")}${line("remedy")}${line("source", { required: true })}<p><button>${t("desk.save")}</button></p>`,
  );
  const main = html`<p class="dek">${t("desk.legal.dek")}</p>
${may(frame, "editor") && html`<section aria-labelledby="set"><h2 id="set">${t("desk.legal.set")}</h2>${form}</section>`}
<section aria-labelledby="known"><h2 id="known">${t("desk.legal.known")}</h2>
<p class="note">${t("desk.legal.versions", { count: versions })}</p>
${
  records.length > 0 &&
  dataTable({
    ...{ id: "legal-table", caption: t("desk.legal.caption") },
    columns: [
      t("desk.legal.subject"),
      t("desk.legal.basis"),
      t("desk.legal.paper"),
      t("desk.legal.source"),
      t("desk.legal.recorded"),
    ],
    rows: records.map((record) => ({ id: `legal-${record.id}`, cells: legalCells(context, record) })),
  })
}</section>`;
  return deskDocument(frame, { title: t("desk.nav.legal"), current: "legal", main });
}

function legalCells(context: Context, record: LegalBasis): Fragment[] {
  const { t, said } = context;
  const { subject, version, basis, authority, statute, document, remedy, source, recordedAt } = record;
  const paper = [document?.title, document?.number, document?.date, document?.url].filter((part) => part != null);
  return [
    html`${"target" in subject ? subject.target : subject.incident}<br><span class="small">${t("incident.version", { version })}</span>`,
    html`${said.legal.basis[basis]}${[authority, statute, remedy].map((part) => part !== null && html`<br><span class="small">${part}</span>`)}`,
    paper.length === 0 ? "–" : paper.join(", "),
    source,
    when(context, recordedAt),
  ];
}
