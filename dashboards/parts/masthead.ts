import type { Language } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { MAIN_PAGES, type PageName, pageHref, SITE_MAP } from "../site-map.ts";
import { LANGUAGES, type Translate } from "../translate.ts";

type Where = { t: Translate; language: Language; current: PageName | null };

/** Languages by their own names, which need no translation. */
const OWN_NAMES: Readonly<Record<Language, string>> = { kk: "Қазақша", ru: "Русский", en: "English" };

/** The head of a page: whose it is, the main pages, and the same page in each language. */
export function masthead(where: Where & { hrefs: Readonly<Record<Language, string>> }): Html {
  const { t, language, hrefs } = where;
  return html`<header class="masthead"><div class="wrap">
<a class="brand" href="${pageHref(language, "now")}">Kuager</a>
<p class="tagline">${t("site.tagline")}</p>
<nav class="languages" aria-label="${t("nav.language")}">${LANGUAGES.map((other) => languageLink(other, language, hrefs[other]))}</nav>
<nav class="pages" aria-label="${t("nav.main")}">${MAIN_PAGES.map((page) => pageLink(where, page))}<a class="more" href="#all-pages">${t("nav.all")}</a></nav>
</div></header>`;
}

/** All pages in groups, at the foot. It is what "all pages" at the head leads to, so that no menu needs a script. */
export function siteMap(where: Where): Html {
  const { t } = where;
  return html`<nav class="site-map" id="all-pages" aria-labelledby="all-pages-title"><div class="wrap">
<h2 id="all-pages-title" class="unseen">${t("nav.all")}</h2>
${SITE_MAP.map(
  ({
    group,
    pages,
  }) => html`<div><h3>${t(`map.${group}`)}</h3><ul>${pages.map((page) => html`<li>${pageLink(where, page)}</li>`)}</ul></div>
`,
)}</div></nav>`;
}

function pageLink({ t, language, current }: Where, page: PageName): Html {
  return html`<a href="${pageHref(language, page)}"${current === page && html` aria-current="page"`}>${t(`nav.${page}`)}</a>`;
}

function languageLink(language: Language, current: Language, href: string): Html {
  return html`<a href="${href}" lang="${language}" hreflang="${language}"${
    language === current && html` aria-current="true"`
  }>${OWN_NAMES[language]}</a>`;
}
