import type { Incident, IncidentView, Interval } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import { incidentHref, targetHref } from "../links.ts";
import type { TimeStyle } from "../time.ts";
import { extentText, lastedText, witnessText } from "../words/incident.ts";
import { regionsText } from "../words/names.ts";
import { networkList } from "./incident-card.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const SHOWN_SITES = 40;
const SHOWN_REGIONS = 20;

/** What, where, when and by whom seen, as a list of facts. */
export function incidentSummary(
  context: Context,
  { incident, publication = null, numbers = {} }: Pick<IncidentView, "incident" | "publication" | "numbers">,
  zone: string,
): Html {
  const { t, said } = context;
  const style = styleOf(context, zone, true);
  const row = (label: string, value: Fragment) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`;
  const lost = incident.kind === "shutdown" || incident.kind === "outage";
  return html`<dl class="facts" id="incident-${incident.id}">
${row(t("incidents.what"), lost ? extentText(context, incident) : `${said.kind[incident.kind]}`)}${incident.targets.length > 0 && row(t("incident.sites"), sites(context, incident))}${row(
  t("incident.began"),
  html`${spanHtml(incident.start, style)}${incident.startUnknown === true && html`<p class="small">${said.notes.startUnknown}</p>`}`,
)}${row(t("incident.ended"), incident.end === null ? html`<b>${said.notes.open}</b>` : ended(context, incident.end, incident.endUnknown === true, style))}${
  incident.end !== null && row(t("incident.lasted"), lastedText(context, incident))
}${row(t("incident.where"), regionsText(context, incident.regions, SHOWN_REGIONS))}${row(t("incident.networks"), networkList(context, incident))}${row(t("incident.seenBy"), html`<a href="#records">${witnessText(context, incident)}</a>`)}${row(t("incident.noticed"), momentHtml(incident.detectedAt, style))}${publication === null && ownName(context, incident)}${incident.episode != null && row(t("incident.episode"), story(context, numbers[incident.episode] ?? incident.episode))}</dl>`;
}

function story({ language }: Context, first: string): Html {
  return html`<a href="${incidentHref(language, first)}">${first}</a>`;
}

/** What the analysis calls an incident that has no number yet, and what it last learnt. */
function ownName({ t, said }: Context, { id, version, reason, changed }: Incident): Html {
  const told = version === undefined ? "" : `, ${t("incident.version", { version })}`;
  return html`<div><dt>${t("incident.id")}</dt><dd>${id}${told}</dd></div>
${reason !== undefined && html`<div><dt>${t("incident.reason")}</dt><dd>${changed === undefined ? html`<span lang="en">${reason}</span>` : changed.map((code) => said.changed[code]).join("; ")}</dd></div>`}`;
}

function ended({ said }: Context, end: Interval, unknown: boolean, style: TimeStyle): Html {
  return html`${spanHtml(end, style)}${unknown && html`<p class="small">${said.notes.endUnknown}</p>`}`;
}

function sites({ t, language }: Context, { targets }: Incident): Html {
  const links = targets.slice(0, SHOWN_SITES).map((id) => html`<a href="${targetHref(language, id)}">${id}</a> `);
  const more = targets.length - SHOWN_SITES;
  return html`<span class="links">${links}</span>${more > 0 && html` ${t("targets.more", { count: more })}`}`;
}
