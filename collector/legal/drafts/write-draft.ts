import type { Language } from "../../api/types.ts";
import { legalWords } from "../../wording/legal-words.ts";
import type { DraftFacts } from "./facts.ts";
import { DRAFT_WORDS } from "./in-language.ts";
import type { DraftKind, Section } from "./words.ts";

const WIDTH = 100;

/**
 * A letter or submission as plain text, filled with the facts of one published version and marked as a draft for a lawyer.
 * It says nothing that the facts do not hold; the same facts give the same text.
 */
export function writeDraft(kind: DraftKind, language: Language, facts: DraftFacts): string {
  const words = DRAFT_WORDS[language];
  const values = valuesOf(facts, language);
  const { title, before, after } = words.drafts[kind];
  const own = { title: words.factsTitle, text: factLines(facts, language) };
  const sections = [...before, own, words.notClaimed, ...after];
  const lines = [
    ...words.banner.map((line) => `*** ${line}`),
    "",
    title.toLocaleUpperCase(language),
    "",
    ...sections.flatMap((section) => [...sectionLines(section, values), ""]),
  ];
  return `${lines.flatMap(wrapped).join("\r\n").trimEnd()}\r\n`;
}

type Values = Readonly<Record<string, string>>;

function valuesOf(facts: DraftFacts, language: Language): Values {
  const words = DRAFT_WORDS[language];
  const { incident, number, version } = facts.version;
  const last = facts.legal.at(-1);
  const said = last === undefined ? null : legalWords(last, language);
  const networks = facts.networks || words.all;
  return {
    number: `${number}-v${version}`,
    ...{ address: facts.address, began: facts.began, ended: facts.ended ?? words.open, networks },
    regions: facts.regions || words.all,
    what: words.kinds[incident.kind],
    subject: facts.sites || networks,
    medium: facts.sites || `${words.kinds[incident.kind]}: ${networks}`,
    basis: words.bases[facts.basis],
    authority: said?.authority ?? words.none,
    statute: said?.statute ?? words.none,
    remedy: said?.remedy ?? words.none,
    document: documentText(last, language) ?? words.none,
  };
}

function documentText(record: DraftFacts["legal"][number] | undefined, language: Language): string | null {
  if (record === undefined || record.document === null) return null;
  const { document: title } = legalWords(record, language);
  return [title, record.document.number, record.document.date].filter((part) => part !== null).join(", ");
}

function factLines(facts: DraftFacts, language: Language): string[] {
  const words = DRAFT_WORDS[language];
  const { labels } = words;
  const { incident } = facts.version;
  const values = valuesOf(facts, language);
  const line = (label: string, value: string | undefined) => `- ${label}: ${value ?? words.none}`;
  return [
    line(labels.number, values.number),
    line(labels.address, facts.address),
    line(labels.what, values.what),
    ...(facts.sites === "" ? [] : [line(labels.sites, facts.sites)]),
    line(labels.networks, values.networks),
    line(labels.regions, values.regions),
    line(labels.began, facts.began),
    line(labels.ended, values.ended),
    line(labels.stage, words.stages[facts.stage]),
    line(labels.sure, words.sure[incident.confidence]),
    line(labels.witnesses, facts.witnesses === null ? words.few : String(facts.witnesses)),
    line(labels.measurements, String(incident.measurements)),
    line(labels.basis, values.basis),
    ...facts.legal.map(
      (record) =>
        `  ${[documentText(record, language), legalWords(record, language).authority, record.source].filter(Boolean).join("; ")}`,
    ),
    line(labels.registry, facts.registry.length === 0 ? words.notAsked : ""),
    ...facts.registry.map(
      ({ target, status, asked }) => `  ${target}: ${words.registry[status]} (${asked.slice(0, 10)})`,
    ),
    line(labels.said, facts.statements.length === 0 ? words.none : ""),
    ...facts.statements.map(
      ({ at, speaker, speakerNames, summary, source }) =>
        `  ${at.slice(0, 10)}, ${speakerNames?.[language] ?? speaker}: ${summary[language]} (${source})`,
    ),
    line(labels.causes, incident.causes.length === 0 ? words.none : ""),
    ...incident.causes.map(({ cause, verdict }) => `  ${words.causes[cause]}: ${words.verdicts[verdict]}`),
    line(labels.made, facts.madeAt),
  ];
}

function sectionLines({ title, text }: Section, values: Values): string[] {
  return [title, ...text.map((line) => filled(line, values))];
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a draft asks for '${name}', which no fact gives`);
    return value;
  });
}

/** A line in lines of at most 100 signs, further ones set in like the first. */
function wrapped(text: string): string[] {
  const lead = /^(?:\*\*\* |- | {2}|\d\. )?/.exec(text)?.[0] ?? "";
  const indent = " ".repeat(lead.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.slice(lead.length).trimEnd().split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && lead.length + longer.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((part, index) => `${index === 0 ? lead : indent}${part}`.trimEnd());
}
