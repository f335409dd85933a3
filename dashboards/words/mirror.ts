import type { Pages } from "../../collector/api/types.ts";
import { html, markupOf } from "../html.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import { translator } from "../translate.ts";

/** What a copy of the site as files says of itself. */
export const mirror: Pages["mirror"] = {
  words: (language, about, at) => {
    const t = translator(language);
    const when = momentText(at, { language, zone: DEFAULT_ZONE });
    return {
      note: markupOf(
        html`<div class="wrap"><p class="banner" id="copy">${t("mirror.note", { when })} <a href="${about}">${t("mirror.about")}</a></p></div>`,
      ),
      form: markupOf(html`<p class="note">${t("mirror.form")}</p>`),
    };
  },
  moment: (at, language) => [momentText(at, { language, zone: DEFAULT_ZONE })],
};
