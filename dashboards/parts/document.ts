import type { Language } from "../../collector/api/types.ts";
import { type Html, html, markupOf } from "../html.ts";
import type { PageName } from "../site-map.ts";
import { LANGUAGES, type Translate } from "../translate.ts";
import { masthead, siteMap } from "./masthead.ts";

/** A whole page: what stands in it, and where the same page lies in each language. */
export type Page = {
  t: Translate;
  language: Language;
  title: string;
  current: PageName | null;
  hrefs: Readonly<Record<Language, string>>;
  main: Html;
  footer: Html | null;
  /** A script below /assets/ that adds something to a page which reads fully without it. */
  script?: "live.js" | "explore.js";
};

/** A complete HTML5 document. It asks for nothing but its style sheet, icon and script, all from this server. */
export function documentText(page: Page): string {
  const { t, language, hrefs, script } = page;
  const alternates = LANGUAGES.map(
    (other) => html`<link rel="alternate" hreflang="${other}" href="${hrefs[other]}">
`,
  );
  return markupOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – Kuager</title>
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${alternates}${
  script !== undefined &&
  html`<script src="/assets/${script}" defer></script>
`
}</head>
<body>
<a class="skip" href="#content">${t("site.skip")}</a>
${masthead(page)}
<main id="content" class="wrap">
${page.main}
</main>
${page.footer}
${siteMap(page)}
</body>
</html>
`);
}
