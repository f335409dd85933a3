import type { Incident } from "../../api/types.ts";
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
import { type Block, heading, note, type TableCell } from "./blocks.ts";
import { enoughOf, siteText, type Telling, told, toldSpan } from "./telling.ts";

const SHOWN = 12;

/** The first page: the finding in one sentence, what it rests on, what is not claimed, how to check and to cite it. */
export function frontBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { incident, names } = facts;
  const sentence = finding(language, incident, names, boundsOf(facts));
  return [
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
