import type { NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import type { Watch } from "../words/now-sentence.ts";
import { styleOf } from "./when.ts";

/** The banner while no probe at all is connected: the page then tells the past, and must not read as the present. */
export function blindBanner(context: Context, view: NowView, watch: Watch): Html | null {
  if (watch.known === 0 || watch.present > 0) return null;
  const { t } = context;
  const { lastAt } = view.measurements;
  const when = lastAt === null ? null : momentText(lastAt, styleOf(context, DEFAULT_ZONE));
  return html`<section class="banner" aria-labelledby="blind">
<h2 id="blind"><span class="glyph" aria-hidden="true">?</span> ${t("blind.title")}</h2>
<p>${t("blind.note")} ${when !== null && t("blind.last", { when })}</p>
</section>`;
}
