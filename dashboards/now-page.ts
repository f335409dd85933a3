import type { Language, NowView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { cardHref, incidentsHref, nowHref } from "./links.ts";
import { blindBanner } from "./parts/blind.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { figures } from "./parts/figures.ts";
import { incidentTable } from "./parts/incident-table.ts";
import { ownLineBanner } from "./parts/own-line.ts";
import { share } from "./parts/share.ts";
import { targetSection } from "./parts/target-table.ts";
import { tileMap } from "./parts/tile-map.ts";
import { pageHref } from "./site-map.ts";
import { TILES } from "./tiles.ts";
import { nowLead } from "./words/lead.ts";
import { listText, regionName } from "./words/names.ts";
import { gravestFirst, isUnseen, nowDek, nowSentence, type Watch, watchOf } from "./words/now-sentence.ts";

const SHOWN_OPEN = 25;
const SHOWN_RECENT = 8;

/** The first page: is something cut or blocked now, where, since when; and how far its silence can be trusted. */
export function nowPage(view: NowView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const watch = watchOf(view);
  const main = html`<div class="lead">
<h1>${nowSentence(context, view)}</h1>
<p class="dek">${nowDek(context, view)}</p>
${liveBar(context)}</div>
${ownLineBanner(context, view.ownLine)}
${blindBanner(context, view, watch)}
${figures(context, view, watch)}
${tileMap(context, view)}
${share(context, { embed: "now", chart: "map", title: nowSentence(context, view), heightPx: 860, png: true })}
${openSection(context, view, watch)}
${recentSection(context, view)}
${targetSection(context, view.cells)}
${watchSection(context, view, watch)}`;
  const footer = colophon(context, view, nowHref(language), [
    dataLink("incidents", "json"),
    dataLink("incidents", "csv"),
    dataLink("coverage", "csv"),
    dataLink("verdicts", "ndjson"),
  ]);
  const hrefs = { kk: nowHref("kk"), ru: nowHref("ru"), en: nowHref("en") };
  const card = { path: cardHref(language, "now"), lead: nowLead(context, view) };
  const page = { t, language, title: t("now.title"), current: "now" as const, hrefs, main, footer, card };
  return documentText({ ...page, script: "live.js" });
}

/** Where the script that keeps the page current says so; hidden without it. Words are ours: a browser may lack Kazakh. */
function liveBar({ t }: Context): Html {
  return html`<div class="live" id="live" hidden data-on="${t("live.on")}" data-off="${t("live.off")}" data-pause="${t("live.pause")}" data-resume="${t("live.resume")}" data-changed="${t("live.changed", { time: "{time}" })}"></div>`;
}

function openSection(context: Context, view: NowView, watch: Watch): Html {
  const { t, language } = context;
  const open = gravestFirst(view.open);
  const more = open.length - SHOWN_OPEN;
  return html`<section aria-labelledby="open"><h2 id="open">${t(isUnseen(view) ? "blind.open" : "now.open")}</h2>
${incidentTable(context, {
  id: "open-table",
  caption: t("now.openCaption"),
  incidents: open.slice(0, SHOWN_OPEN).map((incident) => ({ incident })),
  asOf: null,
  none: t(watch.present < view.enoughProbes ? "now.noneBlind" : "now.none"),
})}
${more > 0 && html`<p class="links"><a href="${incidentsHref(language, { open: true })}">${t("now.openMore", { count: more })}</a></p>`}</section>`;
}

function recentSection(context: Context, view: NowView): Html {
  const { t, language } = context;
  const recent = [...view.recent].sort((a, b) => b.start.latest.localeCompare(a.start.latest)).slice(0, SHOWN_RECENT);
  return html`<section aria-labelledby="recent"><h2 id="recent">${t("now.recent")}</h2>
${incidentTable(context, {
  id: "recent-table",
  caption: t("now.recentCaption"),
  incidents: recent.map((incident) => ({ incident })),
  asOf: null,
  none: t("now.recentNone"),
})}
<p class="links"><a href="${incidentsHref(language)}">${t("now.allIncidents")}</a></p></section>`;
}

/** Who watches, in a sentence: the whole of it stands on the page about the fleet. */
function watchSection(context: Context, { coverage }: NowView, watch: Watch): Html {
  const { t, language } = context;
  const blind = TILES.filter(({ code }) => !coverage.some((cell) => cell.region === code && cell.known > 0));
  const names = blind.map(({ code }) => regionName(context, code));
  return html`<section aria-labelledby="coverage"><h2 id="coverage">${t("coverage.title")}</h2>
<p>${t("now.watching", { ...watch, all: TILES.length, needed: context.enoughProbes })}
${blind.length > 0 && t("coverage.blind", { regions: listText(context, names, TILES.length) })}</p>
<p class="links"><a href="${pageHref(language, "fleet")}">${t("now.fleet")}</a> <a href="${pageHref(language, "matrix")}">${t("now.matrix")}</a></p></section>`;
}
