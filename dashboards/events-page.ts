import type { EventsView, Language, WorldEvent } from "../collector/api/types.ts";
import { eventTitle } from "../collector/api/wording.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { dataHref, eventsHref, timelineHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { dayField, regionOptions, select } from "./parts/fields.ts";
import { markedHtml } from "./parts/marked.ts";
import { pageOf, pager } from "./parts/pager.ts";
import { eventKind, sourceHtml, whenHtml } from "./parts/timeline-tables.ts";
import { regionName, zoneOf } from "./words/names.ts";

const KINDS = ["rally", "picket", "election", "emergency", "official", "publication", "court-ruling", "other"] as const;
const AROUND_MS = 36 * 3_600_000;

/** Rallies, elections and other events, each with its source and how exactly its time is known. */
export function eventsPage(view: EventsView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const own = { kind: view.kind, region: view.region, from: view.from, to: view.to };
  const newestFirst = [...view.events].reverse();
  const { shown, page, pages } = pageOf(newestFirst, view.page);
  const main = html`<div class="lead">
<p class="kicker">${t("nav.events")}</p>
<h1>${t("eventList.sentence", { count: view.events.length })}</h1>
<p class="dek">${t("events.note")}</p></div>
${choiceForm(context, view)}
<section aria-labelledby="list"><h2 id="list">${t("events.title")}</h2>
<p class="links take">${t("incidents.take")}: <a href="${dataHref("events", "csv", own)}">CSV</a> <a href="${dataHref("events", "json", own)}">JSON</a></p>
${shown.length === 0 ? html`<p class="empty">${t("eventList.none")}</p>` : table(context, shown)}
${pager(context, page, pages, (to) => eventsHref(language, own, to))}
<p class="note">${t("eventList.offNote")} <a href="${timelineHref(language, { events: false })}">${t("eventList.off")}</a></p>
<p class="note">${t("eventList.import")}</p></section>`;
  const links = [dataLink("events", "json", own), dataLink("events", "csv", own)];
  const href = (other: Language) => eventsHref(other, own, page);
  const footer = colophon(context, view, href(language), links);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title: t("nav.events"), current: "events", hrefs, main, footer });
}

function choiceForm(context: Context, view: EventsView): Html {
  const { t, language } = context;
  const kinds = KINDS.map((kind) => ({ value: kind, label: t(`event.${kind}`) }));
  return html`<form class="filter" method="get" action="${eventsHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("filter.title")}</h2>
<div class="fields">
${select(context, "kind", t("eventList.kind"), t("filter.all"), kinds, view.kind)}
${select(context, "region", t("filter.region"), t("filter.allRegions"), regionOptions(context), view.region)}
${dayField("from", t("filter.fromDay"), view.from)}
${dayField("to", t("filter.toDay"), view.to)}
<button type="submit">${t("filter.show")}</button>
</div></form>`;
}

function table(context: Context, events: readonly WorldEvent[]): Html {
  const { t } = context;
  const columns = ["events.what", "events.when", "events.where", "events.source", "eventList.see"] as const;
  return dataTable({
    id: "events-table",
    caption: t("eventList.caption"),
    columns: columns.map((key) => t(key)),
    rows: events.map((event, index) => ({
      id: `event-${index + 1}`,
      cells: [
        html`${markedHtml(eventTitle(context.language, event))}<p class="small">${eventKind(context, event)}</p>`,
        whenHtml(context, event, zoneOf(context, [event.place])),
        regionName(context, event.place),
        sourceHtml(event.source),
        html`<a href="${aroundHref(context, event)}">${t("eventList.timeline")}</a>`,
      ],
    })),
  });
}

function aroundHref({ language }: Context, { start, end, place }: WorldEvent): string {
  return timelineHref(language, {
    region: place.includes("-") ? place : null,
    from: new Date(Date.parse(start) - AROUND_MS).toISOString(),
    to: new Date(Date.parse(end ?? start) + AROUND_MS).toISOString(),
  });
}
