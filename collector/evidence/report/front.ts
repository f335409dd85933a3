import type { Incident, Language } from "../../api/types.ts";
import {
  confidenceText,
  extentClause,
  finding,
  INCIDENT_WORDS,
  lengthText,
  listText,
  methodText,
  networkText,
  regionsText,
  sureText,
  witnessText,
} from "../../wording/sentences.ts";
import { momentOf } from "../clocks.ts";
import type { Facts } from "../facts.ts";
import { type Block, heading, note, paragraph, type TableCell, type Text } from "./blocks.ts";
import { enoughOf, siteText, type Telling, told, toldSpan } from "./telling.ts";

const SHOWN = 12;

/** The first page: the finding in one sentence, what it rests on, what is not claimed, how to check and to cite it. */
export function frontBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { incident, names } = facts;
  const sentence = finding(language, incident, names, boundsOf(facts));
  return [
    ...fateBlocks(telling),
    { kind: "text", text: `${sentence} ${confidenceText(language, incident)}`, tone: "lead" },
    { kind: "facts", caption: words.caption.facts, rows: factRows(telling) },
    heading(2, "notClaimed", words.section.notClaimed),
    { kind: "list", items: INCIDENT_WORDS[language].notClaimed },
    heading(2, "check", words.section.check),
    note(`${words.note.check} ${words.note.checkKey} ${facts.log.origin}.`),
    note(
      `${words.section.cite}: Kuager, ${facts.bundle.id}. ${words.row.known}: ${facts.bundle.asOf}. ${facts.bundle.license}.`,
    ),
  ];
}

/** What became of the version, where it does not stand, and the reviewer's words: nobody must read its finding without it. */
function fateBlocks(telling: Telling): Block[] {
  const over = overOf(telling.facts);
  if (over === null) return [];
  const says = telling.words.over[over.change];
  const text = over.other === null ? says : `${says} ${over.other}.`;
  return [{ kind: "text", text, tone: "lead" }, ...notesOf(telling.language, over.note).map(paragraph)];
}

/** The version that the bundle tells of, where it says that its number was withdrawn or merged; null where it stands. */
export function overOf({ publication, bundle }: Facts) {
  const version = publication?.versions.find((one) => `${one.number}-v${one.version}` === bundle.id);
  if (version === undefined) return null;
  const { change } = version;
  return change === "tombstone" || change === "merged" ? { ...version, change } : null;
}

/** A reviewer's words in the language of the report, else in those in which they were written. */
function notesOf(language: Language, note: { readonly [L in Language]?: string | undefined } | null): Text[] {
  const own = note?.[language];
  if (own !== undefined) return [own];
  const written = (["kk", "ru", "en"] as const).map((lang) => ({ lang, text: note?.[lang] }));
  return written.flatMap(({ lang, text }) => (text === undefined ? [] : [{ lang, text }]));
}

function boundsOf({ incident: { start, end }, clocks }: Facts) {
  const between = ({ earliest, latest }: Incident["start"]) => ({
    earliest: momentOf(clocks, earliest),
    latest: momentOf(clocks, latest),
  });
  return { start: between(start), end: end === null ? null : between(end) };
}

function factRows(telling: Telling): (readonly [string, TableCell])[] {
  const { facts, language, words } = telling;
  const { incident, counts, attribution } = facts;
  const { row } = words;
  const said = INCIDENT_WORDS[language];
  const loss = incident.kind === "shutdown" || incident.kind === "outage";
  return [
    [row.what, loss ? `${said.kind[incident.kind]}: ${extentClause(language, incident)}` : said.kind[incident.kind]],
    ...(incident.targets.length === 0 ? [] : [[row.sites, sites(telling)] as const]),
    [row.how, methodText(language, incident)],
    [row.where, regionsText(language, incident.regions, facts.names, SHOWN)],
    [row.networks, networks(telling)],
    ...(incident.access.length === 1 && incident.access[0] !== undefined
      ? [[row.access, said.access[incident.access[0]]] as const]
      : []),
    [
      row.began,
      withNote(toldSpan(telling, incident.start), incident.startUnknown === true ? said.notes.startUnknown : null),
    ],
    [
      row.ended,
      incident.end === null
        ? said.notes.open
        : withNote(toldSpan(telling, incident.end), incident.endUnknown === true ? said.notes.endUnknown : null),
    ],
    ...(facts.lasted === null
      ? []
      : [[row.lasted, lengthText(language, facts.lasted.least, facts.lasted.most)] as const]),
    [
      row.seenBy,
      withNote(
        witnessText(language, incident, enoughOf(facts)),
        incident.singleWitness === true ? said.notes.singleWitness : null,
      ),
    ],
    [
      row.enclosed,
      `${words.column.witnesses}: ${counts.entries.witnesses}; ${row.controls}: ${counts.entries.controls}`,
    ],
    [row.sure, [said.confidence[incident.confidence], sureText(language, incident)]],
    [row.who, [said.attribution[attribution].name, said.attribution[attribution].means]],
    [row.noticed, told(telling, incident.detectedAt)],
  ];
}

function withNote(text: string, more: string | null): TableCell {
  return more === null ? text : [text, more];
}

function sites(telling: Telling): string {
  const { facts, language } = telling;
  return listText(
    language,
    facts.incident.targets.map((id) => siteText(telling, id)),
    SHOWN,
  );
}

function networks({ facts, language }: Telling): string {
  const { asns } = facts.incident;
  if (asns.length === 0) return INCIDENT_WORDS[language].allNetworks;
  return listText(
    language,
    asns.map((asn) => networkText(asn, facts.names)),
    SHOWN,
  );
}
