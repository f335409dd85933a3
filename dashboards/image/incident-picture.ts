import type { IncidentView, Language } from "../../collector/api/types.ts";
import { contextOf } from "../context.ts";
import { incidentZone } from "../words/incident.ts";
import { incidentLead } from "../words/lead.ts";
import { imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";
import { namedText, timelineBody } from "./timeline-body.ts";

/** One incident as a picture: what, when, how sure, and who watched around it. */
export function incidentPicture(view: IncidentView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { kicker, title, lines } = incidentLead(context, view);
  const incidents = [{ letter: "A", incident: view.incident }];
  const frame = { context, view, zone: incidentZone(context, view.incident), incidents, rows: [] };
  return imageSvg({
    title,
    lines,
    body: timelineBody(frame),
    notes: [namedText(frame, view), context.t("image.timelineNote")],
    source: sourceLine(context, view),
    id: kicker,
    address,
  });
}
