import type { NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import { isUnseen, type Watch } from "../words/now-sentence.ts";
import { styleOf } from "./when.ts";

/** The banner while no probe is connected and the first sentence tells of the cut that took them all. */
export function blindBanner(context: Context, view: NowView, watch: Watch): Html | null {
  if (watch.known === 0 || watch.present > 0 || isUnseen(view)) return null;
  const { t } = context;
  return html`<section class="banner" aria-labelledby="blind">
<h2 id="blind"><span class="glyph" aria-hidden="true">?</span> ${t("blind.title")}</h2>
<p>${blindNote(context, view)}</p>
</section>`;
}

/** That what is shown was known last, and when something was measured last. */
export function blindNote(context: Context, { measurements: { lastAt } }: NowView): string {
  const { t } = context;
  if (lastAt === null) return t("blind.note");
  return `${t("blind.note")} ${t("blind.last", { when: momentText(lastAt, styleOf(context, DEFAULT_ZONE)) })}`;
}
