import type { Language } from "../api/types.ts";
import type { Facts } from "./facts.ts";
import { REPORT_WORDS, type ReportWords } from "./report-words.ts";

const STYLE = `body{font:16px/1.5 system-ui,"DejaVu Sans",sans-serif;max-width:48em;margin:2em auto;padding:0 1em;color:#111;background:#fff}
h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em}.lead{font-size:1.15em}.note{color:#444}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}
@media print{body{margin:0;max-width:none}}@page{size:A4;margin:20mm}`;

/**
 * The report on an incident: one HTML document without script or anything from outside. It is made from incident.json
 * alone, so that every number in it stands there, and the same facts give the same bytes.
 */
export function reportHtml(facts: Facts, language: Language): string {
  const words = REPORT_WORDS[language];
  const { bundle, incident } = facts;
  const body = [
    `<h1>${escaped(words.title)} ${escaped(bundle.id)}</h1>`,
    `<p class="lead">${escaped(words.finding[incident.kind])}</p>`,
    ...(incident.singleWitness === true ? [`<p>${escaped(words.notes.singleWitness)}</p>`] : []),
    `<p class="note">${escaped(words.edition[bundle.edition])}</p>`,
    section(words.sections.facts, table(null, factRows(facts, language, words))),
    section(words.notClaimedTitle, list(words.notClaimed)),
    section(words.sections.causes, note(words.notes.causes) + causes(facts, words)),
    section(words.sections.verdicts, verdicts(facts, words)),
    section(words.sections.coverage, coverage(facts, words)),
    section(words.sections.events, note(words.notes.events) + events(facts, words)),
    section(words.sections.reports, note(words.notes.reports) + reports(facts, language, words)),
    section(words.sections.earlier, earlier(facts, words)),
    section(words.sections.limits, note(words.notes.limits)),
    section(words.sections.check, note(words.notes.check) + note(`${words.notes.checkKey} ${facts.log.origin}.`)),
    section(words.sections.cite, note(`Kuager, ${bundle.id}, ${bundle.asOf}, ${bundle.license}.`)),
  ];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(bundle.id)}</title><style>${STYLE}</style>`;
  return `<!doctype html>\n<html lang="${language}"><head>${head}</head>\n<body><main>\n${body.join("\n")}\n</main></body></html>\n`;
}

function factRows(
  { bundle, incident, times, names, counts, attribution }: Facts,
  language: Language,
  words: ReportWords,
) {
  const { rows } = words;
  const named = (ids: readonly string[], book: Readonly<Record<string, Record<Language, string>>>) =>
    ids.map((id) => (book[id] === undefined ? id : `${book[id][language]} (${id})`)).join(", ");
  const between = ({ earliest, latest }: Facts["times"]["start"]) =>
    rows.between.replace("{from}", spoken(earliest)).replace("{to}", spoken(latest));
  const networks = incident.asns.map((asn) => `${names.networks[String(asn)] ?? ""} AS${asn}`.trim()).join(", ");
  return [
    [rows.id, bundle.id],
    [rows.made, bundle.asOf],
    [rows.where, named(incident.regions, names.regions) || rows.everywhere],
    [rows.networks, networks || rows.everywhere],
    ...(incident.targets.length > 0 ? [[rows.targets, named(incident.targets, names.targets)]] : []),
    ...(incident.method === null ? [] : [[rows.method, incident.method]]),
    [rows.began, between(times.start)],
    [rows.ended, times.end === null ? rows.open : between(times.end)],
    [rows.detected, spoken(times.detected)],
    [rows.sure, words.confidence[incident.confidence]],
    [rows.who, words.attribution[attribution]],
    [rows.witnesses, String(incident.witnesses)],
    [rows.measurements, String(incident.measurements)],
    [rows.entries, String(counts.entries.witnesses)],
    [rows.controls, String(counts.entries.controls)],
    [rows.excluded, String(counts.excluded)],
  ];
}

function causes({ incident }: Facts, words: ReportWords): string {
  const { columns } = words;
  const rows = incident.causes.map(({ cause, score, verdict, because }) => [
    words.cause[cause] ?? cause,
    String(score),
    words.verdict[verdict],
    because.join("; "),
  ]);
  return table([columns.cause, columns.score, columns.held, columns.reasons], rows, words.notes.none);
}

function verdicts({ counts }: Facts, words: ReportWords): string {
  const rows = Object.entries(counts.verdicts).map(([code, count]) => [code, String(count)]);
  return table([words.columns.verdict, words.columns.count], rows, words.notes.none);
}

function coverage({ coverage: { points, gaps } }: Facts, words: ReportWords): string {
  const { columns, notes } = words;
  const told = (count: number | null, few: true | undefined) =>
    few === true ? notes.few : count === null ? notes.noData : String(count);
  const changes = points.filter((point, at) => {
    const before = points[at - 1];
    return (
      before === undefined || before.min !== point.min || before.max !== point.max || before.expected !== point.expected
    );
  });
  const rows = changes.map(({ from, min, max, expected, few }) => [
    from,
    told(min, few),
    told(max, few),
    few === true ? notes.few : String(expected),
  ]);
  const off = gaps.map(({ from, to }) => `${from} – ${to}`);
  return (
    table([columns.time, columns.least, columns.most, columns.expected], rows, notes.none) +
    (off.length === 0 ? "" : note(notes.gaps) + list(off))
  );
}

function events({ events: all }: Facts, { columns, notes }: ReportWords): string {
  const rows = all.map(({ start, title, place, source }) => [start, `${title} (${place})`, source]);
  return table([columns.time, columns.what, columns.source], rows, notes.none);
}

function reports({ reports: all }: Facts, language: Language, { columns, notes }: ReportWords): string {
  const rows = all.map(({ title, source, grade }) => [title[language], grade, source]);
  return table([columns.what, columns.grade, columns.source], rows, notes.none);
}

function earlier({ earlier: all }: Facts, words: ReportWords): string {
  const rows = all.map(({ asOf, confidence, witnesses }) => [asOf, confidence, String(witnesses)]);
  const { columns, notes, rows: names } = words;
  return table([columns.time, names.sure, columns.witnesses], rows, notes.none);
}

function spoken({ utc, local }: { utc: string; local: string }): string {
  return `${local} = ${utc}`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>\n${content}</section>`;
}

function note(text: string): string {
  return `<p class="note">${escaped(text)}</p>`;
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
}

/** A table with a header row; one without has its first column as headers. `none` stands for one without rows. */
function table(columns: readonly string[] | null, rows: readonly (readonly string[])[], none = ""): string {
  if (rows.length === 0) return note(none);
  const head =
    columns === null
      ? ""
      : `<thead><tr>${columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead>`;
  const cell = (text: string, at: number) =>
    columns === null && at === 0 ? `<th scope="row">${escaped(text)}</th>` : `<td>${escaped(text)}</td>`;
  const lines = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`);
  return `<table>${head}<tbody>\n${lines.join("\n")}\n</tbody></table>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
