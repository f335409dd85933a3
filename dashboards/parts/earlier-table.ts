import type { IncidentView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { momentText } from "../time.ts";
import { probesText } from "../words/counts.ts";
import { incidentZone } from "../words/incident.ts";
import { confidenceHtml } from "./confidence.ts";
import { dataTable } from "./data-table.ts";
import { spanHtml, styleOf } from "./when.ts";

/** How the incident was known before, each with the address under which it still stands so. */
export function earlierTable(context: Context, { incident, earlier }: IncidentView): Html {
  const { t, language } = context;
  if (earlier.length === 0) return html`<p class="empty">${t("incident.earlier.none")}</p>`;
  const style = styleOf(context, incidentZone(context, incident), true);
  return dataTable({
    id: "earlier-table",
    caption: t("incident.earlier.caption"),
    columns: [t("incident.earlier.when"), t("incident.confidence"), t("incident.seenBy"), t("incident.ended")],
    rows: earlier.map(({ asOf, confidence, witnesses, end }, index) => ({
      id: `earlier-${index + 1}`,
      cells: [
        html`<a href="${incidentHref(language, incident.id, asOf)}">${momentText(asOf, style)}</a>`,
        confidenceHtml(context, confidence),
        probesText(context, witnesses),
        end === null ? t("incident.ongoing") : spanHtml(end, style),
      ],
    })),
  });
}
