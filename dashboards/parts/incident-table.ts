import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { headline, incidentZone, lastedText, methodWord, numberOf, witnessText } from "../words/incident.ts";
import { networksText, regionsText } from "../words/names.ts";
import { confidenceHtml } from "./confidence.ts";
import { dataTable } from "./data-table.ts";
import { isOver, type ShownIncident, standingHtml } from "./standing.ts";
import { spanHtml, styleOf } from "./when.ts";

/** An incident of a list, with the letter that marks it where a drawing does so too. */
export type Listed = { letter?: string; incident: ShownIncident };

export type IncidentList = {
  id: string;
  caption: string;
  incidents: readonly Listed[];
  /** The moment whose state of knowledge is shown, for the links; null for what is known now. */
  asOf: string | null;
  /** Said in place of a table without rows. */
  none: string;
};

/** Incidents as a dense table: what, when, where, how sure; each leads to its own page. */
export function incidentTable(context: Context, list: IncidentList): Html {
  const { t } = context;
  if (list.incidents.length === 0) return html`<p class="empty">${list.none}</p>`;
  const columns = [
    "incidents.what",
    "incident.began",
    "incident.ended",
    "incident.where",
    "incident.confidence",
  ] as const;
  return dataTable({
    id: list.id,
    caption: list.caption,
    columns: columns.map((key) => t(key)),
    look: "ledger",
    rows: list.incidents.map((one) => ({
      id: `incident-${ownName(one.incident)}`,
      look: `kind-${one.incident.kind}${isOver(one.incident) ? " is-over" : ""}`,
      cells: cellsOf(context, one, list.asOf),
    })),
  });
}

/** Its number where it has one of its own: parts of one finding may stand under several. */
function ownName(incident: ShownIncident): string {
  return "number" in incident ? (incident.number ?? incident.id) : incident.id;
}

function cellsOf(context: Context, { letter, incident }: Listed, asOf: string | null) {
  const { said, language } = context;
  const style = styleOf(context, incidentZone(context, incident), true);
  const mark = letter === undefined ? null : html`<span class="mark kind-${incident.kind}">${letter}</span> `;
  const number = "number" in incident ? incident.number : numberOf(context, incident);
  const version = "number" in incident && incident.version !== undefined ? ` v${incident.version}` : "";
  const title = isOver(incident) ? html`<s>${headline(context, incident)}</s>` : headline(context, incident);
  return [
    html`${mark}<a href="${incidentHref(language, asOf === null ? (number ?? incident.id) : incident.id, asOf)}">${title}</a>${standingHtml(context, incident)}<p class="small"><span class="kind">${said.kind[incident.kind]}</span>${methodWord(context, incident)}</p>${number !== null && html`<p class="small">${number}${version}</p>`}`,
    spanHtml(incident.start, style),
    endedHtml(context, incident),
    html`${regionsText(context, incident.regions, 4)}<p class="small">${networksLine(context, incident)}</p>`,
    html`${confidenceHtml(context, incident.confidence)}<p class="small">${witnessText(context, incident)}</p>`,
  ];
}

/** Networks by the names people know, and the kind of access where it is one. Numbers stand on the incident's page. */
function networksLine(context: Context, { asns, access }: ShownIncident): string {
  const [only, ...others] = access;
  const medium = only === undefined || others.length > 0 ? "" : ` – ${context.said.access[only]}`;
  return `${networksText(context, asns, 6)}${medium}`;
}

function endedHtml(context: Context, incident: ShownIncident): Html {
  const { t } = context;
  const lasted = lastedText(context, incident);
  if (incident.end === null && isOver(incident)) return html`<p class="small">–</p>`;
  if (incident.end === null || lasted === null)
    return html`<p class="open"><b class="tag">${t("incident.ongoing")}</b></p>`;
  const style = styleOf(context, incidentZone(context, incident), true);
  return html`${spanHtml(incident.end, style)}<p class="small">${t("incident.lasted")}: ${lasted}</p>`;
}
