import type { Language } from "../collector/api/types.ts";
import { html } from "./html.ts";
import { nowHref } from "./links.ts";
import { documentText } from "./parts/document.ts";
import { translator } from "./translate.ts";

/** The page for an address that cannot be read: what is wrong with it, and a way on. */
export function refusedPage(detail: string, language: Language): string {
  const t = translator(language);
  const main = html`<div class="lead"><h1>${t("error.title")}</h1>
<p class="dek">${t("error.text")} <span lang="en">${detail}</span></p>
<p><a href="${nowHref(language)}">${t("missing.back")}</a></p></div>`;
  const hrefs = { kk: nowHref("kk"), ru: nowHref("ru"), en: nowHref("en") };
  return documentText({ t, language, title: t("error.title"), current: null, hrefs, main, footer: null });
}
