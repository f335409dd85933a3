import { utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { csv } from "../api/csv.ts";
import type { Language } from "../api/types.ts";
import { citations, errataText, LEFT_OUT, LIMITATIONS, METHODOLOGY, VERIFY_TEXTS } from "./bundle-texts.ts";
import type { Facts } from "./facts.ts";
import type { Files } from "./files.ts";
import { reportHtml } from "./report.ts";

const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

/** Files of a bundle that follow from incident.json alone: the same facts and software give the same bytes. */
export function derivedFiles(facts: Facts): { data: Files; tags: Files } {
  const { bundle, coverage, events, reports } = facts;
  const { cff, bib } = citations(facts);
  const data = new Map([
    ...LANGUAGES.map((language) => [`report.${language}.html`, utf8(reportHtml(facts, language))] as const),
    ["coverage.csv", utf8(csv(COVERAGE_COLUMNS, coverage.points))],
    ["context/events.csv", utf8(csv(EVENT_COLUMNS, events))],
    ["context/reports.json", utf8(`${canonicalJson(reports)}\n`)],
    ["methodology.md", utf8(METHODOLOGY)],
    ["limitations.md", utf8(LIMITATIONS)],
    ["left-out.md", utf8(LEFT_OUT[bundle.edition])],
    ["software.json", utf8(`${canonicalJson({ software: bundle.software, rulesVersion: bundle.rulesVersion })}\n`)],
    ["custody.ndjson", utf8(custody(facts))],
    ["errata.md", utf8(errataText(facts))],
  ]);
  const tags = new Map([
    ["CITATION.cff", utf8(cff)],
    ["citation.bib", utf8(bib)],
    ...LANGUAGES.map((language) => [`VERIFY.${language}.txt`, utf8(VERIFY_TEXTS[language])] as const),
  ]);
  return { data, tags };
}

function custody({ bundle, incident, log, window }: Facts): string {
  const steps = [
    { at: window.from, what: "first moment from which records are enclosed, as the collector received them" },
    { at: window.to, what: "moment up to which records are enclosed" },
    { at: incident.detectedAt, what: "the incident was noticed by the rules" },
    { at: bundle.asOf, what: `the head of the log ${log.origin} over ${log.size} records was signed` },
    { at: bundle.made, what: `this bundle was made by ${bundle.software}` },
  ];
  return steps.map((step) => `${canonicalJson(step)}\n`).join("");
}

const COVERAGE_COLUMNS = (["from", "to", "min", "max", "expected"] as const).map((name) => ({
  name,
  of: (row: Facts["coverage"]["points"][number]) => row[name],
}));
const EVENT_COLUMNS = (
  ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const
).map((name) => ({ name, of: (row: Facts["events"][number]) => row[name] }));
