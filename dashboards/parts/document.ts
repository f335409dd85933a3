import type { Language } from "../../collector/api/types.ts";
import { type Html, html, markupOf } from "../html.ts";
import { nowHref, targetsHref, textHref, timelineHref } from "../links.ts";
import { LANGUAGES, type Translate } from "../translate.ts";

/** Pages of the navigation. */
const NAVIGATION = ["now", "timeline", "targets", "methodology", "join"] as const;
export type Current = (typeof NAVIGATION)[number];

/** A whole page: what stands in it, and where the same page lies in each language. */
export type Page = {
  t: Translate;
  language: Language;
  title: string;
  current: Current | null;
  hrefs: Readonly<Record<Language, string>>;
  main: Html;
  footer: Html | null;
};

/** Languages by their own names, which need no translation. */
const OWN_NAMES: Readonly<Record<Language, string>> = { kk: "Қазақша", ru: "Русский", en: "English" };

/** A complete HTML5 document. It asks for nothing but the style sheet and the icon, both from this server. */
export function documentText(page: Page): string {
  const alternates = LANGUAGES.map(
    (language) => html`<link rel="alternate" hreflang="${language}" href="${page.hrefs[language]}">
`,
  );
  return markupOf(html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – Kuager</title>
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${alternates}</head>
<body>
<a class="skip" href="#content">${page.t("site.skip")}</a>
${masthead(page)}
<main id="content" class="wrap">
${page.main}
</main>
${page.footer}
</body>
</html>
`);
}

function masthead({ t, language, current, hrefs }: Page): Html {
  const link = (key: Current) =>
    html`<a href="${hrefOf(key, language)}"${current === key && html` aria-current="page"`}>${t(`nav.${key}`)}</a>`;
  return html`<header class="masthead"><div class="wrap">
<a class="brand" href="${nowHref(language)}">Kuager</a>
<p class="tagline">${t("site.tagline")}</p>
<nav class="pages" aria-label="${t("nav.main")}">${NAVIGATION.map(link)}</nav>
<nav class="languages" aria-label="${t("nav.language")}">${LANGUAGES.map((other) => languageLink(other, language, hrefs[other]))}</nav>
</div></header>`;
}

function hrefOf(page: Current, language: Language): string {
  if (page === "now") return nowHref(language);
  if (page === "timeline") return timelineHref(language);
  return page === "targets" ? targetsHref(language) : textHref(language, page);
}

function languageLink(language: Language, current: Language, href: string): Html {
  return html`<a href="${href}" lang="${language}" hreflang="${language}"${
    language === current && html` aria-current="true"`
  }>${OWN_NAMES[language]}</a>`;
}
