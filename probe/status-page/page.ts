import type { Language } from "../config.ts";
import type { Result } from "../results/read.ts";
import { latestOfEach } from "../results/read.ts";
import { outcomeText } from "../results/text.ts";
import type { Status } from "../status/read.ts";
import { statusLines } from "../status/text.ts";
import { moment } from "../words/moment.ts";
import { PAGE_WORDS } from "../words/page/words.ts";
import { RESULT_WORDS } from "../words/results/words.ts";
import { fill } from "../words/words.ts";

export const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];
const OWN_NAMES: Readonly<Record<Language, string>> = { kk: "Қазақша", ru: "Русский", en: "English" };

export const STYLE = `:root{color-scheme:light dark}
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere;color:CanvasText;background:Canvas}
nav ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0}
a{color:LinkText}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{text-align:start;padding:.4rem .6rem .4rem 0;border-bottom:1px solid;vertical-align:top;overflow-wrap:anywhere}
li{margin:.3rem 0}
:focus-visible{outline:3px solid}
`;

/** The page: how the probe stands and what it saw last. Plain HTML without script; nothing hangs on colour. Pure. */
export function statusPage(status: Status, results: readonly Result[], language: Language, nowMs: number): string {
  const words = PAGE_WORDS[language];
  const told = RESULT_WORDS[language];
  const latest = latestOfEach(results);
  const open = latest.filter(({ outcome }) => outcome === "opened" || outcome === "answers").length;
  const links = LANGUAGES.map((one) =>
    one === language
      ? `<li><span aria-current="page" lang="${one}">${OWN_NAMES[one]}</span></li>`
      : `<li><a href="/${one}" hreflang="${one}" lang="${one}">${OWN_NAMES[one]}</a></li>`,
  ).join("");
  const lines = statusLines(status, language, nowMs).map((line) => `<li>${escapeHtml(line)}</li>`);
  const rows = latest.map(
    (result) =>
      `<tr><th scope="row">${escapeHtml(result.target)}</th><td>${escapeHtml(outcomeText(result, language))}</td><td>${escapeHtml(moment(result.at, nowMs, language))}</td></tr>`,
  );
  const [site, seen, when] = [words.site, words.seen, words.when].map(escapeHtml);
  const table =
    rows.length === 0
      ? `<p>${escapeHtml(told.none)}</p>`
      : `<p>${escapeHtml(fill(told.opened, { open, all: latest.length }))}</p>
<table><caption>${escapeHtml(told.title)}</caption>
<thead><tr><th scope="col">${site}</th><th scope="col">${seen}</th><th scope="col">${when}</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table>
<p>${escapeHtml(told.caution)}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(words.title)}</title>
<link rel="stylesheet" href="/style.css"></head>
<body>
<header><nav aria-label="${escapeHtml(words.languages)}"><ul>${links}</ul></nav></header>
<main><h1>${escapeHtml(words.title)}</h1>
<h2>${escapeHtml(words.state)}</h2>
<ul>${lines.join("\n")}</ul>
<h2>${escapeHtml(words.results)}</h2>
${table}
</main>
<footer><p>${escapeHtml(words.foot)}</p></footer>
</body></html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}
