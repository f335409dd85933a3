import type {
  Language,
  ReferenceGroup,
  ReferenceLabels,
  ReferenceOperation,
  ReferenceParameter,
  ReferenceSection,
  ReferenceView,
} from "../collector/api/types.ts";
import { contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { colophon } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { pageHref } from "./site-map.ts";

/** The reference of the API. All its words come with the view: they are those of the description itself. */
export function referencePage(view: ReferenceView, language: Language): string {
  const context = contextOf({ ...view, names: { regions: {}, networks: {}, targets: {} } }, language);
  const { title, dek, sections, groups, problems, words } = view;
  const main = html`<div class="lead"><h1>${title}</h1>
<p class="dek">${dek}</p></div>
<nav aria-label="${words.contents}"><ul class="contents">${[...sections, ...groups].map(contentsItem)}${contentsItem({ id: "problems", title: words.problems })}</ul></nav>
<div class="prose">${sections.map(section)}</div>
${groups.map((group) => groupSection(group, words))}
<section aria-labelledby="problems"><h2 id="problems">${words.problems}</h2>
<dl class="terms">${problems.map(
    ({ code, status, title: name, says }) =>
      html`<div id="problem-${code}"><dt><code>${code}</code> ${status} ${name}</dt><dd>${says}</dd></div>
`,
  )}</dl></section>`;
  const hrefs = { kk: pageHref("kk", "api"), ru: pageHref("ru", "api"), en: pageHref("en", "api") };
  const footer = colophon(context, view, hrefs[language], [{ label: "openapi.json", href: "/openapi.json" }]);
  return documentText({ t: context.t, language, title, current: "api", hrefs, main, footer });
}

function contentsItem({ id, title }: { id: string; title: string }): Html {
  return html`<li><a href="#${id}">${title}</a></li>`;
}

function section({ id, title, paragraphs = [], items = [], code = [] }: ReferenceSection): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${code.map(codeLine)}${paragraphs.map((text) => html`<p>${text}</p>`)}${
  items.length > 0 && html`<ul class="plain">${items.map((text) => html`<li>${text}</li>`)}</ul>`
}</section>
`;
}

function codeLine(text: string): Html {
  return html`<pre class="code" tabindex="0"><code>${text}</code></pre>`;
}

function groupSection({ id, title, operations }: ReferenceGroup, words: ReferenceLabels): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${operations.map((one) => operationPart(one, words))}</section>
`;
}

function operationPart(
  { id, path, about, parameters, forms, example }: ReferenceOperation,
  words: ReferenceLabels,
): Html {
  return html`<section class="operation" aria-labelledby="op-${id}"><h3 id="op-${id}"><code>GET ${path}</code></h3>
<p>${about}</p>
${parameters.length > 0 && parameterTable(id, parameters, words)}
<p class="small">${words.forms}: ${forms.map((form) => html`<code>${form.path}</code> <span class="small">(${form.type})</span> `)}</p>
${example !== null && html`<details><summary>${words.example}</summary>${codeLine(example.curl)}<p class="small">${words.answer}:</p>${codeLine(example.answer)}</details>`}</section>
`;
}

function parameterTable(id: string, parameters: readonly ReferenceParameter[], words: ReferenceLabels): Html {
  const table = dataTable({
    id: `parameters-${id}`,
    caption: words.parameters,
    columns: [words.parameter, words.meaning],
    rows: parameters.map(({ name, place, about }) => ({
      id: `parameter-${id}-${name}`,
      cells: [html`<code>${name}</code>`, place === "path" ? `${about} (${words.inPath})` : about],
    })),
  });
  return html`<details><summary>${words.parameters}: ${parameters.map(({ name }) => name).join(", ")}</summary>${table}</details>`;
}
