import { type Language, SITE } from "../../collector/api/types.ts";
import { type Html, html, markupOf } from "../html.ts";
import { CARD } from "../image/card-size.ts";
import type { PageName } from "../site-map.ts";
import { LANGUAGES, type Translate } from "../translate.ts";
import type { Lead } from "../words/lead.ts";
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
  /** What messengers show beside a link: an address of a picture, and the first lines of the page. */
  card?: { path: string; lead: Lead };
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
${alternates}${cardTags(page)}${
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

const LOCALES: Readonly<Record<Language, string>> = { kk: "kk_KZ", ru: "ru_RU", en: "en_GB" };

/** What messengers read of a page: no other server is named, and the words are those of the page. */
function cardTags({ card, language, hrefs }: Page): Html | null {
  if (card === undefined) return null;
  const { path, lead } = card;
  const text = lead.lines.join(" ");
  const tag = (property: string, content: string | number) => html`<meta property="og:${property}" content="${content}">
`;
  return html`<meta name="description" content="${text}">
${tag("type", "article")}${tag("site_name", "Kuager")}${tag("locale", LOCALES[language])}${tag("title", lead.title)}${tag("description", text)}${tag(
  "url",
  `${SITE}${hrefs[language]}`,
)}${tag("image", `${SITE}${path}`)}${tag("image:type", "image/png")}${tag("image:width", CARD.widthPx)}${tag("image:height", CARD.heightPx)}${tag("image:alt", lead.title)}<meta name="twitter:card" content="summary_large_image">
`;
}
