import { SITE } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html, markupOf } from "../html.ts";
import { chartHref, drawingHref, embedHref } from "../links.ts";

type Values = Readonly<Record<string, string | number | null | undefined>>;

export type Share = {
  /** Path of the view below /embed/. */
  embed: string;
  /** Path of the picture below /chart/, where it is another one. */
  chart?: string;
  values?: Values;
  /** What the frame holds, for those who do not see it. */
  title: string;
  /** Height of a frame in which it usually fits. */
  heightPx: number;
  /** Whether the picture in dots is linked too: where nothing else on the page does. */
  png?: boolean;
};

/** How to show a chart elsewhere: code of a frame to copy, and the picture. It asks for no script. */
export function share({ t, language }: Context, wanted: Share): Html {
  const { embed, chart = embed, values = {}, title, heightPx, png = false } = wanted;
  const address = embedHref(language, embed, values);
  const frame = html`<iframe src="${SITE}${address}" title="${title}" width="100%" height="${heightPx}" loading="lazy" referrerpolicy="no-referrer" style="border:1px solid #ccc"></iframe>`;
  return html`<details class="share"><summary>${t("share.title")}</summary>
<p class="note">${t("share.note")}</p>
<label>${t("share.code")}<textarea readonly rows="4" spellcheck="false">${markupOf(frame)}</textarea></label>
<p class="links"><a href="${address}">${t("share.preview")}</a> ${png && html`<a href="${chartHref(language, chart, values)}" type="image/png">${t("figure.png")}</a> `}<a href="${drawingHref(language, chart, values)}" type="image/svg+xml">${t("share.svg")}</a></p></details>`;
}
