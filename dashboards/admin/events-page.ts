import type { EventFormView, EventRow, EventsView, Frame, PreviewView } from "../../collector/admin/types.ts";
import { eventTitle } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { markedHtml } from "../parts/marked.ts";
import { regionName } from "../words/names.ts";
import { area, field, hidden, placeChoices, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { eventWhen, when } from "./when.ts";
import { wrongText } from "./wrong.ts";

const KINDS = ["rally", "picket", "election", "emergency", "official", "publication", "court-ruling", "other"] as const;
const PERMITS = ["unknown", "sanctioned", "unsanctioned"] as const;
const PRECISIONS = ["minute", "hour", "day", "month"] as const;
const PREVIEW_ROWS = 100;

/** Events on record, without a word of what was measured beside them. */
export function eventsPage(view: EventsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const editor = may(frame, "editor");
  const columns = [t("events.when"), t("events.what"), t("events.where"), t("events.source"), t("desk.events.entered")];
  const main = html`<p class="dek">${t("desk.events.blind")}</p>
${editor && html`<p class="links"><a class="button" href="${deskHref(frame, "/events/edit")}">${t("desk.events.add")}</a></p>${importForm(context, frame)}`}
<form class="desk-form slim" method="get" action="${deskHref(frame, "/events")}">
${field({ name: "from", label: t("desk.events.from"), value: view.from, hint: "2026-11-28" })}${field({ name: "to", label: t("desk.events.to"), value: view.to })}<p><button>${t("filter.show")}</button></p></form>
${
  view.events.length === 0
    ? html`<p class="empty">${t("events.none")}</p>`
    : dataTable({
        id: "events-table",
        caption: t("events.caption"),
        columns: editor ? [...columns, t("desk.do")] : columns,
        rows: view.events.map((event, index) => ({
          id: `event-${index}`,
          cells: [...eventCells(context, event), ...(editor ? [acts(context, event, frame)] : [])],
        })),
      })
}`;
  return deskDocument(frame, { title: t("desk.nav.events"), current: "events", main });
}

function eventCells(context: Context, event: EventRow) {
  const { t } = context;
  const permit = event.sanctioned === "unknown" ? null : t(`event.${event.sanctioned}`);
  return [
    html`${eventWhen(context, event)}`,
    html`${markedHtml(eventTitle(context.language, event))}<br><span class="small">${t(`event.${event.kind}`)}${permit !== null && html` · ${permit}`}</span>`,
    regionName(context, event.place),
    event.source,
    html`${event.entered === null ? t("desk.events.before") : when(context, event.entered)}${event.editor !== null && html`<br><span class="small">${event.editor}</span>`}${event.late && html`<br><b>${t("desk.events.late")}</b>`}`,
  ];
}

function acts({ t }: Context, { id }: EventRow, frame: Frame): Html {
  const href = `${deskHref(frame, "/events/edit")}?event=${encodeURIComponent(id)}`;
  return html`<a href="${href}">${t("desk.change")}</a>${postForm(
    frame,
    "/events/remove",
    html`${hidden("event", id)}<button class="danger">${t("desk.remove")}</button>`,
    { className: "in-row" },
  )}`;
}

function importForm({ t }: Context, frame: Frame): Html {
  const formats = [
    { value: "", label: t("desk.import.guess") },
    { value: "own", label: t("desk.import.own") },
    { value: "acled", label: "ACLED" },
    { value: "ical", label: t("desk.import.ical") },
  ];
  return html`<details><summary>${t("desk.import.title")}</summary>
${postForm(
  frame,
  "/events/import",
  html`<p class="note wide">${t("desk.import.note")}</p>
${field({ name: "file", label: t("desk.import.file"), type: "file", prefix: "import" })}${select({
  ...{ name: "format", label: t("desk.import.format"), choices: formats, prefix: "import" },
})}${area({ name: "text", label: t("desk.import.text"), rows: 4, prefix: "import" })}<p><button>${t("desk.import.look")}</button></p>`,
  { file: true },
)}</details>`;
}

/** One event, to be added or changed. */
export function eventFormPage({ values, isNew }: EventFormView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const of = (name: string) => values[name] ?? "";
  const title = isNew ? t("desk.events.add") : t("desk.events.changeTitle");
  const main = html`<p class="dek">${t("desk.events.blind")}</p>
${postForm(
  frame,
  "/events/edit",
  html`${hidden("id", of("id"))}${field({ name: "title", label: t("desk.events.title"), value: of("title"), required: true })}${select(
    {
      ...{ name: "kind", label: t("desk.events.kind"), value: of("kind") },
      choices: KINDS.map((value) => ({ value, label: t(`event.${value}`) })),
    },
  )}${select({
    ...{ name: "sanctioned", label: t("desk.events.permit"), value: of("sanctioned") },
    choices: PERMITS.map((value) => ({ value, label: value === "unknown" ? t("desk.notKnown") : t(`event.${value}`) })),
  })}${select({ name: "place", label: t("events.where"), value: of("place"), choices: placeChoices(context) })}${field({
    ...{
      name: "start",
      label: t("desk.events.start"),
      value: of("start"),
      required: true,
      hint: t("desk.events.timeHint"),
    },
  })}${field({ name: "end", label: t("desk.events.end"), value: of("end") })}${select({
    ...{ name: "precision", label: t("desk.events.precision"), value: of("precision") },
    choices: PRECISIONS.map((value) => ({ value, label: t(`precision.${value}`) })),
  })}${field({ name: "source", label: t("events.source"), value: of("source"), required: true, hint: t("desk.events.sourceHint") })}<p><button>${t("desk.save")}</button> <a href="${deskHref(frame, "/events")}">${t("desk.back")}</a></p>`,
)}`;
  return deskDocument(frame, { title, current: "events", main });
}

/** What a file holds, before it is taken in. */
export function previewPage({ format, events, refused, text }: PreviewView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const late = events.filter((event) => event.late).length;
  const known = events.filter(({ entered }) => entered !== null).length;
  const main = html`<p class="dek">${t("desk.preview.dek", { format, count: events.length, refused: refused.length, known })}</p>
${late > 0 && html`<p class="banner">${t("desk.preview.late", { count: late })}</p>`}
${
  events.length > 0 &&
  html`${postForm(frame, "/events/import", html`${hidden("text", text)}${hidden("format", format)}${hidden("sure", "yes")}<p><button>${t("desk.preview.take", { count: events.length })}</button> <a href="${deskHref(frame, "/events")}">${t("desk.back")}</a></p>`)}
${dataTable({
  id: "preview-table",
  caption: t("desk.preview.caption", { count: Math.min(events.length, PREVIEW_ROWS) }),
  columns: [t("events.when"), t("events.what"), t("events.where"), t("events.source"), t("desk.events.entered")],
  rows: events
    .slice(0, PREVIEW_ROWS)
    .map((event, index) => ({ id: `row-${index}`, cells: eventCells(context, event) })),
})}`
}${
  refused.length > 0 &&
  html`<section aria-labelledby="refused"><h2 id="refused">${t("desk.preview.refused")}</h2>
<ul class="plain">${refused.map(({ line, problem }) => html`<li>${line}: ${wrongText(context, problem)}</li>`)}</ul></section>`
}`;
  return deskDocument(frame, { title: t("desk.preview.title"), current: "events", main });
}
