import { groundTexts } from "../../wording/grounds/grounds.ts";
import { legalWords } from "../../wording/legal-words.ts";
import { eventTitle } from "../../wording/marked.ts";
import { causeText, INCIDENT_WORDS, lengthText, predictionText } from "../../wording/sentences.ts";
import type { Facts } from "../facts.ts";
import { type Block, heading, note, paragraph, type TableCell, type Text } from "./blocks.ts";
import { letterOf } from "./chart.ts";
import { statementBlocks } from "./statements.ts";
import { enoughOf, placeText, siteText, type Telling, told, toldAs } from "./telling.ts";

/** What stands beside the records: rival explanations, events, reports, other projects, statements, legal basis. */
export function besideBlocks(telling: Telling): Block[] {
  const { section } = telling.words;
  return [
    heading(2, "causes", section.causes),
    ...causeBlocks(telling),
    heading(2, "events", section.events),
    ...eventBlocks(telling),
    heading(2, "reports", section.reports),
    ...reportBlocks(telling),
    heading(2, "outside", section.outside),
    ...outsideBlocks(telling),
    heading(2, "statements", section.statements),
    ...statementBlocks(telling),
    heading(2, "legal", section.legal),
    ...legalBlocks(telling),
  ];
}

function causeBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { incident } = facts;
  const { column, note: notes } = words;
  if (incident.causes.length === 0) return [note(notes.none)];
  const said = INCIDENT_WORDS[language];
  // That it was one or two probes would tell who they can have been.
  const reasons = (one: Facts["incident"]["causes"][number]) =>
    one.cause === "single probe" && incident.witnesses < enoughOf(facts) ? [] : groundTexts(language, one);
  const rows = incident.causes.map((cause): TableCell[] => [
    causeText(language, incident, cause.cause),
    predictionText(language, incident, cause.cause) ?? "–",
    reasons(cause).length === 0 ? "–" : reasons(cause),
    [said.held[cause.verdict], `${column.score}: ${cause.score}`],
  ]);
  const english = rows.some((row) =>
    row.some((cell) => Array.isArray(cell) && cell.some((piece) => typeof piece !== "string")),
  );
  return [
    note(notes.causes),
    ...(incident.cause == null ? [] : [paragraph(said.leading(causeText(language, incident, incident.cause)))]),
    {
      kind: "table",
      caption: words.section.causes,
      columns: [
        { name: column.cause, share: 3 },
        { name: column.prediction, share: 5 },
        { name: column.records, share: 5 },
        { name: column.held, share: 3 },
      ],
      rows,
    },
    ...(english && notes.causesEnglish !== "" ? [note(notes.causesEnglish)] : []),
  ];
}

function eventBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const { column } = words;
  const intro = note(words.note.events);
  if (facts.events.length === 0) return [intro, note(words.note.none)];
  return [
    intro,
    {
      kind: "table",
      caption: words.section.events,
      columns: [
        { name: column.time, share: 4 },
        { name: column.what, share: 5 },
        { name: column.beside, share: 4 },
        { name: column.source, share: 4 },
      ],
      rows: facts.events.map((event, at) => [
        `${letterOf(at)} ${toldAs(telling, event.start, event.precision)}`.trim(),
        [eventTitle(telling.language, event), placeText(telling, event.place)],
        lagTexts(telling, event.id),
        event.source,
      ]),
    },
  ];
}

function lagTexts({ facts, language }: Telling, event: string): TableCell {
  const { lag } = INCIDENT_WORDS[language];
  const found = facts.lags.filter((one) => one.event === event);
  if (found.length === 0) return "–";
  return found.flatMap(({ order, least, most, ordinaryDays, ordinaryDaysWith }) => [
    lag[order](order === "about" ? INCIDENT_WORDS[language].length(most) : lengthText(language, least, most)),
    ...(ordinaryDays === 0 ? [] : [lag.base(ordinaryDays, ordinaryDaysWith)]),
  ]);
}

function reportBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { column } = words;
  const intro = note(words.note.reports);
  if (facts.reports.length === 0) return [intro, note(words.note.none)];
  return [
    intro,
    {
      kind: "table",
      caption: words.section.reports,
      columns: [
        { name: column.time, share: 3 },
        { name: column.what, share: 6 },
        { name: column.grade, share: 1 },
        { name: column.source, share: 4 },
      ],
      rows: facts.reports.map(({ title, start, precision, grade, source }) => [
        toldAs(telling, start, precision),
        title[language],
        grade,
        source,
      ]),
    },
  ];
}

function outsideBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const { column } = words;
  const intro = note(words.note.outside);
  if (facts.outside.length === 0) return [intro, note(words.note.none)];
  return [
    intro,
    {
      kind: "table",
      caption: words.section.outside,
      columns: [
        { name: column.source, share: 4 },
        { name: column.time, share: 4 },
        { name: column.agrees, share: 3 },
        { name: column.document, share: 5 },
      ],
      rows: facts.outside.map(({ source, title, retrieved, agrees, file, licence }) => [
        [source, title],
        told(telling, retrieved),
        agrees === null ? "–" : words.agrees[agrees],
        [file, licence],
      ]),
    },
  ];
}

function legalBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const legal = facts.publication?.legal ?? [];
  const lookups = latestLookups(facts);
  const intro = note(words.note.legal);
  if (legal.length === 0 && lookups.length === 0) return [intro, note(words.note.legalUnknown)];
  return [
    intro,
    ...(legal.length === 0 ? [note(words.note.legalUnknown)] : [basisTable(telling)]),
    ...registryTable(telling, lookups),
  ];
}

function basisTable(telling: Telling): Block {
  const { facts, language, words } = telling;
  const { column } = words;
  const { basis } = INCIDENT_WORDS[language].legal;
  const filled = (...texts: (string | null | undefined)[]) => texts.filter((text) => text != null);
  return {
    kind: "table",
    caption: words.section.legal,
    columns: [
      { name: column.subject, share: 3 },
      { name: column.basis, share: 4 },
      { name: column.document, share: 5 },
      { name: column.source, share: 4 },
    ],
    rows: (facts.publication?.legal ?? []).map((record) => {
      const { subject, document: paper, source, recordedAt } = record;
      const { document, authority, statute, remedy } = legalWords(record, language);
      return [
        "target" in subject ? siteText(telling, subject.target) : subject.incident,
        basis[record.basis],
        orDash(filled(document, paper?.number, paper?.date, authority, statute, remedy)),
        [source, told(telling, recordedAt)],
      ];
    }),
  };
}

function registryTable(telling: Telling, lookups: ReturnType<typeof latestLookups>): Block[] {
  const { language, words } = telling;
  const { column } = words;
  if (lookups.length === 0) return [];
  return [
    {
      kind: "table",
      caption: column.registry,
      columns: [
        { name: column.site, share: 3 },
        { name: column.time, share: 4 },
        { name: column.registry, share: 6 },
      ],
      rows: lookups.map(({ target, asked, status }) => [
        siteText(telling, target),
        told(telling, asked),
        INCIDENT_WORDS[language].legal.registry[status],
      ]),
    },
  ];
}

/** The latest answer for each site. */
function latestLookups({ publication }: Facts) {
  const latest = new Map<string, NonNullable<Facts["publication"]>["registry"][number]>();
  for (const lookup of publication?.registry ?? [])
    if ((latest.get(lookup.target)?.asked ?? "") < lookup.asked) latest.set(lookup.target, lookup);
  return [...latest.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

function orDash(texts: readonly Text[]): TableCell {
  return texts.length === 0 ? "–" : texts;
}
