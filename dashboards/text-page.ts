import type { Language, Stamp, TextPage } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { methodHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { METHOD, PROSE } from "./prose/all.ts";
import type { Section } from "./prose/prose.ts";
import { RULES_HISTORY } from "./prose/rules-history.ts";
import { pageHref } from "./site-map.ts";
import { FINDINGS } from "./words/finding.ts";

/**
 * A page of text: the method, its limits, the words, the data, what readers and volunteers must know. `version` shows
 * what one version of the rules brought; null when there was none of that name.
 */
export function textPage(page: TextPage, stamp: Stamp, language: Language, version?: string): string | null {
  const known = version === undefined || RULES_HISTORY.some((one) => one.version === version);
  if (!known || (version !== undefined && page !== "methodology")) return null;
  const context = contextOf({ ...stamp, names: { regions: {}, networks: {}, targets: {} } }, language);
  const { t } = context;
  const prose = PROSE[page][language];
  const title = version === undefined ? prose.title : t("method.versionTitle", { version });
  const main = html`<div class="lead"><h1>${title}</h1>
<p class="dek">${version === undefined ? prose.dek : t("method.versionDek", { current: stamp.rulesVersion })}</p></div>
${
  version === undefined
    ? html`${contents(prose.sections)}<div class="prose">${prose.sections.map((one) => section(one, context, stamp))}</div>
${page === "methodology" && html`${verdicts(context, stamp)}${history(context, stamp, null)}`}`
    : history(context, stamp, version)
}`;
  const href = (other: Language) =>
    page === "methodology" ? methodHref(other, version ?? null) : pageHref(other, page);
  const links = [dataLink("incidents", "json"), dataLink("incidents", "csv"), dataLink("verdicts", "ndjson")];
  const footer = colophon(context, stamp, href(language), links);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title, current: page, hrefs, main, footer });
}

/** Where a long page leads, at its head. */
function contents(sections: readonly Section[]): Html | null {
  if (sections.length < 4) return null;
  return html`<ul class="contents">${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>`;
}

function section(
  { id, title, paragraphs = [], items = [], terms = [], code = [], links = [] }: Section,
  { language }: Context,
  { rulesVersion }: Stamp,
): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${paragraphs.map(
  (text) => html`<p>${text}</p>
`,
)}${items.length > 0 && html`<ul class="plain">${items.map((text) => html`<li>${text}</li>`)}</ul>`}${
  terms.length > 0 &&
  html`<dl class="terms">${terms.map(([term, means]) => html`<div><dt>${term}</dt><dd>${means}</dd></div>`)}</dl>`
}${code.map((line) => html`<pre class="code" tabindex="0"><code>${line.replace("{rules}", rulesVersion)}</code></pre>`)}${
  links.length > 0 &&
  html`<p class="links">${links.map(([label, href]) => html`<a href="${href.replace(/^~/, `/${language}`)}">${label}</a> `)}</p>`
}</section>
`;
}

/** Every verdict by the word of our pages and by its code, and the sections that follow from verdicts. */
function verdicts(context: Context, stamp: Stamp): Html {
  const { t, language } = context;
  const method = METHOD[language];
  const { title, note, columns, of } = method.verdicts;
  const rows = ["ok" as const, ...FINDINGS.filter((code) => code !== "ok")].map((code) => ({
    id: `verdict-${code}`,
    cells: [
      html`${t(`method.${code}`)} <p class="small"><code>${code}</code></p>`,
      of[code].says,
      of[code].wrong,
      of[code].cannot,
    ],
  }));
  return html`<section aria-labelledby="verdicts"><h2 id="verdicts">${title}</h2>
${dataTable({ id: "verdicts-table", caption: note, columns, rows })}</section>
<div class="prose">${method.after.map((one) => section(one, context, stamp))}</div>`;
}

/** Versions of the rules and what each brought: all of them, or up to one. */
function history({ t, language }: Context, stamp: Stamp, upTo: string | null): Html {
  const at = upTo === null ? 0 : RULES_HISTORY.findIndex(({ version }) => version === upTo);
  const shown = RULES_HISTORY.slice(at, upTo === null ? undefined : at + 1);
  return html`<div class="prose"><section aria-labelledby="versions"><h2 id="versions">${t("method.versions")}</h2>
<p>${t("method.versionsNote", { current: stamp.rulesVersion })}</p>
${shown.map(
  ({
    version,
    brought,
  }) => html`<h3 id="v${version}"><a href="${methodHref(language, version)}">${t("method.version", { version })}</a></h3>
<ul class="plain">${brought[language].map((text) => html`<li>${text}</li>`)}</ul>
`,
)}${upTo !== null && html`<p class="links"><a href="${methodHref(language, null)}">${t("method.current")}</a></p>`}</section></div>`;
}
