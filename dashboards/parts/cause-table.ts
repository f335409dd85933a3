import type { Cause, Incident } from "../../collector/api/types.ts";
import { causeText, predictionText } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "./data-table.ts";
import { reasonsOf } from "./incident-card.ts";

/** Signs beside the verdicts: for, against, cannot be told. */
const GLYPHS: Readonly<Record<Cause["verdict"], string>> = { supported: "✓", contradicted: "✕", untestable: "?" };

/** Every explanation that was held against the records, with what they say of it and on what grounds. */
export function causeTable(context: Context, incident: Incident): Html {
  const { t, said, language } = context;
  if (incident.causes.length === 0) return html`<p class="empty">${t("incident.causes.none")}</p>`;
  const rows = incident.causes.map((cause, index) => ({
    id: `cause-${index + 1}`,
    cells: [
      html`<b>${causeText(language, incident, cause.cause)}</b><p class="small">${predictionText(language, incident, cause.cause)}</p>`,
      html`<span class="glyph" aria-hidden="true">${GLYPHS[cause.verdict]}</span> ${said.held[cause.verdict]}`,
      grounds(context, reasonsOf(context, incident, cause)),
    ],
  }));
  return html`${dataTable({
    id: "causes-table",
    caption: t("incident.causes.caption"),
    columns: [t("incident.causes.what"), t("incident.causes.verdict"), t("incident.causes.why")],
    rows,
  })}
${language !== "en" && html`<p class="small">${t("incident.causes.english")}</p>`}`;
}

function grounds({ t }: Context, reasons: readonly string[]): Html {
  if (reasons.length === 0) return html`<span class="small">${t("incident.causes.noReasons")}</span>`;
  return html`<ul lang="en">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`;
}
