import type { Language } from "../collector/api/types.ts";
import { html } from "./html.ts";
import { nowHref } from "./links.ts";
import { documentText } from "./parts/document.ts";
import { translator } from "./translate.ts";

/** The page for an address that leads nowhere. */
export function missingPage(language: Language): string {
  const t = translator(language);
  const main = html`<div class="lead"><h1>${t("missing.title")}</h1>
<p class="dek">${t("missing.text")}</p>
<p><a href="${nowHref(language)}">${t("missing.back")}</a></p></div>`;
  const hrefs = { kk: nowHref("kk"), ru: nowHref("ru"), en: nowHref("en") };
  return documentText({ t, language, title: t("missing.title"), current: null, hrefs, main, footer: null });
}
