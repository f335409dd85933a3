import type { OwnLine } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import { styleOf } from "./when.ts";

/** The banner when this machine's own line does not reach the world; nothing while it does, or when none watches it. */
export function ownLineBanner(context: Context, line: OwnLine | null): Html | null {
  if (line === null || line.state === "international") return null;
  const { t } = context;
  const style = styleOf(context, DEFAULT_ZONE);
  const times = { when: momentText(line.since, style), checked: momentText(line.checkedAt, style) };
  return html`<section class="banner" aria-labelledby="own-line">
<h2 id="own-line"><span class="glyph" aria-hidden="true">!</span> ${t(`own.title.${line.state}`)}</h2>
<p><strong>${t("own.since", times)}</strong></p>
<p>${t("own.note")}</p>
</section>`;
}
