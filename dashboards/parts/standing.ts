import type { Incident, IncidentRow } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { dateText, wallTime } from "../time.ts";
import { incidentZone } from "../words/incident.ts";
import { noteHtml } from "./version-notes.ts";

/** An incident of a list: with what is told of its publishing where the list tells that. */
export type ShownIncident = Incident | IncidentRow;

/** Whether it stands in a list only so that citations lead somewhere: it is counted nowhere. */
export function isOver(incident: ShownIncident): boolean {
  return "state" in incident && (incident.state === "withdrawn" || incident.state === "merged");
}

/** What a reader must know of a listed incident before its facts: withdrawn, merged, or behind what is known now. */
export function standingHtml(context: Context, incident: ShownIncident): Html | null {
  if (!("state" in incident)) return null;
  const { t, language } = context;
  const { withdrawn, mergedInto } = incident;
  if (withdrawn !== undefined) {
    const day = dateText(wallTime(withdrawn.at, incidentZone(context, incident)), language, true);
    return html`<p class="small over"><b class="tag">${t("pub.tombstone", { when: day })}</b></p>${noteHtml(context, { note: withdrawn.reason })}`;
  }
  if (mergedInto !== undefined)
    return html`<p class="small over"><b class="tag">${t("incidents.merged")}</b> <a href="${incidentHref(language, mergedInto)}">${mergedInto}</a></p>`;
  return incident.changedSince === true ? html`<p class="small">${t("incidents.behind")}</p>` : null;
}
