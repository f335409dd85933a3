import type { Language, Stamp, TextPage } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { textHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { METHOD, PROSE } from "./prose/all.ts";
import type { Section } from "./prose/prose.ts";
import { FINDINGS } from "./words/finding.ts";

/** A page of text: the method, its limits, the words, what a volunteer must know, and about the project. */
export function textPage(page: TextPage, stamp: Stamp, language: Language): string {
  const context = contextOf({ ...stamp, names: { regions: {}, networks: {}, targets: {} } }, language);
  const { t } = context;
  const prose = PROSE[page][language];
  const main = html`<div class="lead"><h1>${prose.title}</h1>
<p class="dek">${prose.dek}</p></div>
<div class="prose">${prose.sections.map(section)}</div>
${page === "methodology" && verdicts(context)}`;
  const links = [dataLink("incidents", "json"), dataLink("incidents", "csv"), dataLink("verdicts", "ndjson")];
  const footer = colophon(context, stamp, textHref(language, page), links);
  const hrefs = { kk: textHref("kk", page), ru: textHref("ru", page), en: textHref("en", page) };
  const current = page === "methodology" || page === "join" ? page : null;
  return documentText({ t, language, title: prose.title, current, hrefs, main, footer });
}

function section({ id, title, paragraphs = [], items = [], terms = [] }: Section): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${paragraphs.map(
  (text) => html`<p>${text}</p>
`,
)}${items.length > 0 && html`<ul class="plain">${items.map((text) => html`<li>${text}</li>`)}</ul>`}${
  terms.length > 0 &&
  html`<dl class="terms">${terms.map(([term, means]) => html`<div><dt>${term}</dt><dd>${means}</dd></div>`)}</dl>`
}</section>
`;
}

/** Every verdict by the word of our pages and by its code, and the sections that follow from verdicts. */
function verdicts({ t, language }: Context): Html {
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
<div class="prose">${method.after.map(section)}</div>`;
}
