import type { Incident, Publication } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { attributionHtml, attributionOf } from "./attribution.ts";
import { confidenceHtml } from "./confidence.ts";

/** The two scales side by side, never one: how sure the measurement is, and who is said to be responsible. */
export function scales(context: Context, incident: Incident, publication: Publication | null): Html {
  const { t } = context;
  const attribution = attributionOf(publication ?? { legal: [], statements: [] });
  return html`<dl class="scales" aria-label="${t("scale.title")}">
<div><dt>${t("scale.technical")}</dt><dd>${confidenceHtml(context, incident.confidence)}</dd><dd class="small">${t(`incident.sure.${gradeOf(incident)}.${incident.confidence}`)}</dd></div>
<div><dt>${t("scale.attribution")}</dt><dd>${attributionHtml(context, attribution)}</dd><dd class="small">${t(`attribution.${attribution}.means`)}</dd></div>
</dl>`;
}

/** Which rules of confidence hold for an incident. */
function gradeOf({ kind }: Incident): "loss" | "throttle" | "block" {
  if (kind === "throttle") return kind;
  return kind === "shutdown" || kind === "outage" ? "loss" : "block";
}
