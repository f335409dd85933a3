import { type Cause, ENOUGH_PROBES, type Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type DataFormat, dataHref, incidentHref, timelineHref } from "../links.ts";
import { probesText } from "../words/counts.ts";
import { headline, incidentZone, lastedText, methodText } from "../words/incident.ts";
import { networkName, regionsText } from "../words/names.ts";
import { confidenceHtml } from "./confidence.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SHOWN_NETWORKS = 6;

/** All that the first page says of one open incident. */
export function incidentCard(context: Context, incident: Incident): Html {
  const { t } = context;
  const behind = incident.targets.length > 0 ? "verdicts" : "presence";
  return html`<article class="card kind-${incident.kind}" id="incident-${incident.id}">
<p class="kicker"><span class="kind">${t(`kind.${incident.kind}`)}</span> <span class="tag">${t("incident.ongoing")}</span></p>
<h3><a href="${incidentHref(context.language, incident.id)}">${headline(context, incident)}</a></h3>
<p>${methodText(context, incident)}</p>
${incidentFacts(context, incident)}
${causes(context, incident)}
<p class="links"><a href="${incidentHref(context.language, incident.id)}">${t("incident.more")}</a> <a href="${aroundHref(context, incident)}">${t("incident.around")}</a> <a href="${recordsHref(behind, "json", incident)}">JSON</a> <a href="${recordsHref(behind, "csv", incident)}">CSV</a></p>
</article>
`;
}

function incidentFacts(context: Context, incident: Incident): Html {
  const { t } = context;
  const style = styleOf(context, incidentZone(context, incident));
  const row = (label: string, value: Html | string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`;
  const version = incident.version === undefined ? "" : `, ${t("incident.version", { version: incident.version })}`;
  return html`<dl class="facts">
${row(t("incident.began"), spanHtml(incident.start, style))}${row(t("incident.where"), regionsText(context, incident.regions, 20))}${row(t("incident.networks"), networkList(context, incident))}${row(t("incident.confidence"), confidenceHtml(context, incident.confidence))}${row(t("incident.seenBy"), witnessText(context, incident))}${row(t("incident.noticed"), momentHtml(incident.detectedAt, style))}${row(t("incident.responsible"), t("incident.noClaim"))}${row(t("incident.id"), `${incident.id}${version}`)}</dl>`;
}

/** Networks of an incident by name and number, and its kind of access where it is one. */
export function networkList(context: Context, incident: Incident): string {
  const { t } = context;
  const names = incident.asns.slice(0, SHOWN_NETWORKS).map((asn) => networkName(context, asn));
  const list = names.length === 0 ? t("network.all") : names.join(", ");
  const more = incident.asns.length - names.length;
  const [access, ...others] = incident.access;
  const medium = access === undefined || others.length > 0 ? "" : ` – ${t(`access.${access}`)}`;
  return `${more > 0 ? t("list.more", { list, count: more }) : list}${medium}`;
}

/** Who saw it. One or two witnesses are not counted: that it was one would tell who it can have been. */
export function witnessText({ t }: Context, { witnesses, measurements }: Incident): string {
  const probes = probesText({ t }, witnesses);
  const seen =
    measurements === 0 ? t("incident.silent", { probes }) : t("incident.witnesses", { probes, measurements });
  return witnesses < ENOUGH_PROBES ? `${seen} – ${t("incident.few")}` : seen;
}

function causes(context: Context, incident: Incident): Html | null {
  if (incident.causes.length === 0) return null;
  const { t } = context;
  // Reasons come from the analysis in English; they are marked so and tucked away from readers of other languages.
  const item = (cause: Cause) => html`<li><b>${t(`cause.${cause.cause}`)}</b>: ${t(`cause.${cause.verdict}`)}${
    reasonsOf(incident, cause).length > 0 &&
    html`<span class="reasons" lang="en">${reasonsOf(incident, cause).join("; ")}</span>`
  }</li>
`;
  return html`<details><summary>${t("incident.causes")}</summary><ul>${incident.causes.map(item)}</ul></details>`;
}

/** Reasons of an explanation that may be told: those about a single probe say how many there were. */
export function reasonsOf({ witnesses }: Incident, { cause, because }: Cause): readonly string[] {
  return cause === "single probe" && witnesses < ENOUGH_PROBES ? [] : because;
}

/** The line of an ended incident in a list. */
export function incidentLine(context: Context, incident: Incident): Html {
  const { t } = context;
  const lasted = lastedText(context, incident) ?? t("incident.ongoing");
  const style = styleOf(context, incidentZone(context, incident));
  return html`<li class="kind-${incident.kind}" id="incident-${incident.id}"><p class="kicker"><span class="kind">${t(`kind.${incident.kind}`)}</span></p>
<h3><a href="${incidentHref(context.language, incident.id)}">${headline(context, incident)}</a></h3>
<p>${spanHtml(incident.start, style)}</p>
<p>${t("incident.lasted")}: ${lasted} · ${networkList(context, incident)} · ${confidenceHtml(context, incident.confidence)} · <a href="${aroundHref(context, incident)}">${t("incident.around")}</a></p></li>
`;
}

/** The timeline around an incident: a day before, a day after. */
export function aroundHref(context: Context, incident: Incident): string {
  return timelineHref(context.language, windowOf(incident, DAY_MS));
}

/** The records behind an incident: judgements or measurements of its site, or who was connected when. */
export function recordsHref(
  dataset: "verdicts" | "measurements" | "presence",
  format: DataFormat,
  incident: Incident,
): string {
  const window = windowOf(incident, DAY_MS / 24);
  const [target, ...others] = incident.targets;
  const ofOne = dataset !== "presence" && target !== undefined && others.length === 0;
  return dataHref(dataset, format, ofOne ? { ...window, target } : window);
}

function windowOf(incident: Incident, marginMs: number) {
  const [region, ...otherRegions] = incident.regions;
  const [asn, ...otherAsns] = incident.asns;
  return {
    region: otherRegions.length === 0 ? region : null,
    asn: otherAsns.length === 0 ? asn : null,
    from: new Date(Date.parse(incident.start.earliest) - marginMs).toISOString(),
    to: incident.end === null ? null : new Date(Date.parse(incident.end.latest) + marginMs).toISOString(),
  };
}
