import { utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { csv } from "../api/csv.ts";
import type { Language } from "../api/types.ts";
import { LEFT_OUT, LIMITATIONS, METHODOLOGY, VERIFY_TEXTS } from "./bundle-texts.ts";
import { citationFiles } from "./citations.ts";
import { custodyLines } from "./custody.ts";
import { errataText } from "./errata.ts";
import type { Facts } from "./facts.ts";
import { type Files, linesFile } from "./files.ts";
import { reportHtml } from "./report/html.ts";
import { cellRows, timelineRows } from "./tables.ts";

export const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

/** Writes a report as PDF; who cannot (a browser) gives null, and its PDFs are then not among the files. */
export type WritePdf = ((facts: Facts, language: Language) => Promise<Uint8Array>) | null;

/** Files of a bundle that follow from incident.json alone: the same facts and RENDERING give the same bytes. */
export async function derivedFiles(facts: Facts, writePdf: WritePdf): Promise<{ data: Files; tags: Files }> {
  const { bundle, events, reports, outside, publication } = facts;
  const data = new Map<string, Uint8Array>([
    ...LANGUAGES.map((language) => [`report.${language}.html`, utf8(reportHtml(facts, language))] as const),
    ["timeline.csv", utf8(csv(columns(TIMELINE), timelineRows(facts)))],
    ["cells.csv", utf8(csv(columns(CELLS), cellRows(facts)))],
    ["context/events.csv", utf8(csv(columns(EVENTS), events))],
    ["context/reports.json", json(reports)],
    ["context/legal.json", json({ legal: publication?.legal ?? [], registry: publication?.registry ?? [] })],
    ["context/statements.json", json(publication?.statements ?? [])],
    ["context/thirdparty/index.json", json(outside)],
    ["methodology.md", utf8(METHODOLOGY)],
    ["limitations.md", utf8(LIMITATIONS)],
    ["left-out.md", utf8(LEFT_OUT[bundle.edition])],
    ["software.json", json(softwareOf(facts))],
    ["custody.ndjson", linesFile(custodyLines(facts))],
    ["errata.md", utf8(errataText(facts))],
  ]);
  if (writePdf !== null)
    for (const language of LANGUAGES) data.set(`report.${language}.pdf`, await writePdf(facts, language));
  const tags = new Map<string, Uint8Array>([
    ...citationFiles(facts),
    ...LANGUAGES.map((language) => [`VERIFY.${language}.txt`, utf8(VERIFY_TEXTS[language])] as const),
  ]);
  return { data, tags };
}

function softwareOf({ bundle }: Facts) {
  const { software, commit, rulesVersion, knowledge, rendering } = bundle;
  return { software, commit, rulesVersion, knowledge, rendering };
}

const TIMELINE = [
  "from",
  "to",
  "what",
  "title",
  "least",
  "most",
  "expected",
  "measurements",
  "interfered",
  "source",
] as const;
const CELLS = [
  ...(["region", "asn", "from", "to", "few", "probes", "least_connected", "most_connected", "measuring"] as const),
  ...(["measurements", "interfered", "clear", "unclear"] as const),
] as const;
const EVENTS = ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const;

/** Columns of a CSV that are named as the fields are. */
function columns<Name extends string>(names: readonly Name[]) {
  return names.map((name) => ({
    name,
    of: (row: Readonly<Record<Name, string | number | boolean | null>>) => row[name],
  }));
}

function json(value: unknown): Uint8Array {
  return utf8(`${canonicalJson(value)}\n`);
}
