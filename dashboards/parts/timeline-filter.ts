import type { TimelinePageView, WorldEvent } from "../../collector/api/types.ts";
import { eventTitle } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { choiceOf, timelineHref } from "../links.ts";
import { networkOptions, regionOptions, select, timeField } from "./fields.ts";
import { markedHtml } from "./marked.ts";

const HOUR_MS = 3_600_000;
const PRESETS = [
  ["filter.24h", 24],
  ["filter.7d", 7 * 24],
  ["filter.30d", 30 * 24],
  ["filter.90d", 90 * 24],
] as const;
/** How far around an event a window goes. */
const AROUND_MS = 36 * HOUR_MS;

/** Place and time as a plain GET form, ready-made windows, and the windows around events. No script is needed. */
export function timelineFilter(
  context: Context,
  view: TimelinePageView,
  zone: string,
  events: readonly WorldEvent[],
): Html {
  const { t, language } = context;
  return html`<form class="filter" method="get" action="${timelineHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("filter.title")}</h2>
<div class="fields">
${select(context, "region", t("filter.region"), t("filter.allRegions"), regionOptions(context), view.region)}
${select(context, "asn", t("filter.network"), t("filter.allNetworks"), networkOptions(context), view.asn === null ? null : String(view.asn))}
${timeField(context, "from", t("filter.from"), view.from, zone)}
${timeField(context, "to", t("filter.to"), view.to, zone)}
${select(context, "events", t("filter.events"), t("filter.eventsShown"), [{ value: "0", label: t("filter.eventsHidden") }], view.eventsShown ? null : "0")}
<button type="submit">${t("filter.show")}</button>
</div>
</form>
<nav class="presets" aria-label="${t("filter.windows")}"><p>${t("filter.last")}: ${PRESETS.map(([key, hours]) => html`<a href="${lastHref(context, view, hours)}">${t(key)}</a> `)}</p>
<p>${t("filter.move")}: <a href="${movedHref(context, view, -0.5)}" rel="prev">${t("filter.earlier")}</a> <a href="${movedHref(context, view, 0.5)}" rel="next">${t("filter.later")}</a> <a href="${scaledHref(context, view, 0.5)}">${t("filter.closer")}</a> <a href="${scaledHref(context, view, 2)}">${t("filter.wider")}</a></p>
${events.length > 0 && html`<details><summary>${t("filter.around")}</summary><ul class="around">${events.map((event) => html`<li><a href="${aroundHref(context, view, event)}">${markedHtml(eventTitle(context.language, event))}</a> <span class="small">${event.start.slice(0, 10)}</span></li>`)}</ul></details>`}</nav>`;
}

function href({ language }: Context, view: TimelinePageView, fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((at) => new Date(Math.round(at / 1000) * 1000).toISOString());
  return timelineHref(language, { ...choiceOf(view), events: view.eventsShown, from, to });
}

function lastHref(context: Context, view: TimelinePageView, hours: number): string {
  const to = Date.parse(view.generatedAt);
  return href(context, view, to - hours * HOUR_MS, to);
}

function movedHref(context: Context, view: TimelinePageView, windows: number): string {
  const [from, to] = [Date.parse(view.from), Date.parse(view.to)];
  const by = (to - from) * windows;
  return href(context, view, from + by, to + by);
}

function scaledHref(context: Context, view: TimelinePageView, factor: number): string {
  const [from, to] = [Date.parse(view.from), Date.parse(view.to)];
  const half = Math.max(300_000, ((to - from) * factor) / 2);
  const centre = (from + to) / 2;
  return href(context, view, centre - half, centre + half);
}

function aroundHref(context: Context, view: TimelinePageView, event: WorldEvent): string {
  const from = Date.parse(event.start) - AROUND_MS;
  const to = Date.parse(event.end ?? event.start) + AROUND_MS;
  const region = event.place.includes("-") ? event.place : null;
  return href(context, { ...view, region }, from, to);
}
