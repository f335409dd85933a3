import type { Language } from "../../api/types.ts";
import type { Facts } from "../facts.ts";
import { type Block, pieces, plain, type ReportDocument, type Table, type TableCell, type Text } from "./blocks.ts";
import { reportDocument } from "./document.ts";
import { escaped } from "./escape.ts";
import { STYLE } from "./style.ts";
import { figureSvg } from "./svg.ts";

const LONG = /\S{40}/;

/** The report as one HTML document: no script, nothing from outside, the same bytes from the same facts. */
export function reportHtml(facts: Facts, language: Language): string {
  return documentHtml(reportDocument(facts, language));
}

function documentHtml({ language, title, kicker, edition, id, blocks }: ReportDocument): string {
  const body = [
    `<header><p class="kicker"><span class="brand">Kuager</span> ${escaped(kicker)}</p>`,
    `<h1>${escaped(title)}</h1></header>`,
    ...sections(blocks),
    `<footer><p>${escaped(edition)}</p></footer>`,
  ];
  const head = [
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(`${title} – ${id}`)}</title><style>${STYLE}</style>`,
  ];
  return `<!doctype html>\n<html lang="${language}"><head>${head.join("\n")}</head>\n<body><main>\n${body.join("\n")}\n</main></body></html>\n`;
}

/** Blocks, those behind a heading of the second level in a section of its name. */
function sections(blocks: readonly Block[]): string[] {
  const lines: string[] = [];
  let open = false;
  for (const block of blocks) {
    if (block.kind === "heading" && block.level === 2) {
      lines.push(`${open ? "</section>\n" : ""}<section id="${block.id}" aria-labelledby="${block.id}-title">`);
      lines.push(`<h2 id="${block.id}-title">${escaped(block.text)}</h2>`);
      open = true;
    } else lines.push(blockHtml(block));
  }
  return open ? [...lines, "</section>"] : lines;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case "text":
      return `<p class="${block.tone}"${langOf(block.text)}>${escaped(plain(block.text))}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li${langOf(item)}>${escaped(plain(item))}</li>`).join("")}</ul>`;
    case "facts":
      return factsHtml(block.caption, block.rows);
    case "table":
      return tableHtml(block);
    case "figure":
      return figureSvg(block);
    case "page":
      return "";
  }
}

function factsHtml(caption: string, rows: readonly (readonly [string, TableCell])[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${cellHtml(value)}</td></tr>`,
  );
  return `<table class="facts"><caption class="unseen">${escaped(caption)}</caption><colgroup><col class="name"><col></colgroup><tbody>\n${lines.join("\n")}\n</tbody></table>`;
}

function tableHtml({ caption, shown, columns, rows }: Table): string {
  const number = (at: number) => (columns[at]?.number === true ? ' class="number"' : "");
  const head = columns.map(({ name }, at) => `<th scope="col"${number(at)}>${escaped(name)}</th>`).join("");
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => `<col style="width:${((100 * share) / shares).toFixed(1)}%">`).join("");
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, at) => `<td${number(at)}>${cellHtml(cell)}</td>`).join("")}</tr>`,
  );
  // A table wider than a narrow screen is moved by itself: whoever has no mouse can reach it.
  return `<div class="wide" tabindex="0" role="group" aria-label="${escaped(caption)}"><table><caption${shown === true ? "" : ' class="unseen"'}>${escaped(caption)}</caption><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>\n${lines.join("\n")}\n</tbody></table></div>`;
}

function cellHtml(cell: TableCell): string {
  const [first, ...more] = pieces(cell);
  const span = (text: Text) =>
    typeof text === "string" ? withBreaks(text) : `<span lang="${text.lang}">${withBreaks(text.text)}</span>`;
  if (first === undefined) return "";
  return more.length === 0 ? span(first) : [first, ...more].map((text) => `<p>${span(text)}</p>`).join("");
}

/** A hash or address may be broken anywhere: else it makes its column as wide as it is long, and the others narrow. */
function withBreaks(text: string): string {
  return LONG.test(text) ? `<span class="long">${escaped(text)}</span>` : escaped(text);
}

function langOf(text: Text): string {
  return typeof text === "string" ? "" : ` lang="${text.lang}"`;
}
