import type { NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { blindNote, isUnseen, type Watch } from "../words/now-sentence.ts";

/** The banner while no probe is connected and the first sentence tells of the cut that took them all. */
export function blindBanner(context: Context, view: NowView, watch: Watch): Html | null {
  if (watch.known === 0 || watch.present > 0 || isUnseen(view)) return null;
  const { t } = context;
  return html`<section class="banner" aria-labelledby="blind">
<h2 id="blind"><span class="glyph" aria-hidden="true">?</span> ${t("blind.title")}</h2>
<p>${blindNote(context, view)}</p>
</section>`;
}
