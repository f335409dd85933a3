import type { Incident, Publication } from "../../collector/api/types.ts";
import { attributionOf, sureText } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { attributionHtml } from "./attribution.ts";
import { confidenceHtml } from "./confidence.ts";

/** The two scales side by side, never one: how sure the measurement is, and who is said to be responsible. */
export function scales(context: Context, incident: Incident, publication: Publication | null): Html {
  const { t, said } = context;
  const attribution = attributionOf(publication);
  return html`<dl class="scales" aria-label="${t("scale.title")}">
<div><dt>${t("scale.technical")}</dt><dd>${confidenceHtml(context, incident.confidence)}</dd><dd class="small">${sureText(context.language, incident)}</dd></div>
<div><dt>${t("scale.attribution")}</dt><dd>${attributionHtml(context, attribution)}</dd><dd class="small">${said.attribution[attribution].means}</dd></div>
</dl>`;
}
