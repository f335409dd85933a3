import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { incidentHref } from "../links.ts";
import { changesOf } from "../words/changes.ts";
import { incidentZone, lastedText, methodWord, numberOf } from "../words/incident.ts";
import { networksText, regionsText } from "../words/names.ts";
import { confidenceHtml } from "./confidence.ts";
import { dataTable } from "./data-table.ts";
import { spanHtml, styleOf } from "./when.ts";

const SHOWN = 50;

/** When a site was blocked and when it opened again, one line each, newest first. */
export function changeTable(context: Context, incidents: readonly Incident[], none: string): Html {
  const { t, language, said } = context;
  const changes = changesOf(incidents).slice(0, SHOWN);
  if (changes.length === 0) return html`<p class="empty">${none}</p>`;
  const columns = ["changes.what", "events.when", "incident.where", "incident.confidence"] as const;
  return dataTable({
    id: "changes-table",
    caption: t("changes.caption"),
    look: "changes",
    columns: columns.map((key) => t(key)),
    rows: changes.map(({ way, when, incident }, index) => {
      const lasted = lastedText(context, incident);
      const word = way === "ended" ? t("changes.ended") : t(`changes.${incident.kind}`);
      const sign = way === "ended" ? { glyph: "✓", look: "is-quiet" } : { glyph: "⊘", look: "is-blocked" };
      const small =
        way === "ended" && lasted !== null
          ? t("changes.after", { duration: lasted })
          : `${said.kind[incident.kind]}${methodWord(context, incident)}`;
      return {
        id: `change-${index + 1}`,
        cells: [
          html`<span class="swatch ${sign.look}"><span class="glyph" aria-hidden="true">${sign.glyph}</span></span> <a href="${incidentHref(language, numberOf(context, incident) ?? incident.id)}">${word}</a><p class="small">${small}</p>`,
          spanHtml(when, styleOf(context, incidentZone(context, incident), true)),
          html`${networksText(context, incident.asns, 6)}<p class="small">${regionsText(context, incident.regions, 6)}</p>`,
          confidenceHtml(context, incident.confidence),
        ],
      };
    }),
  });
}
