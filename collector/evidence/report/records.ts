import { eventTitle, unmarked } from "../../wording/marked.ts";
import { INCIDENT_WORDS } from "../../wording/sentences.ts";
import type { Facts, Tally } from "../facts.ts";
import { type Block, heading, note, type Table, type TableCell } from "./blocks.ts";
import { letterOf, timelineChart } from "./chart.ts";
import { cellPlace, networkName, placeText, siteText, type Telling, told, toldAs, toldSpan } from "./telling.ts";

const PARTS_MAX = 60;
const GAPS_MAX = 20;

/** What was recorded: the time line, regions by networks, sites, and how single measurements were judged. */
export function recordBlocks(telling: Telling): Block[] {
  const { words } = telling;
  return [
    { kind: "page" },
    heading(2, "timeline", words.section.timeline),
    ...timelineBlocks(telling),
    heading(2, "cells", words.section.cells),
    ...cellBlocks(telling),
    heading(2, "targets", words.section.targets),
    ...targetBlocks(telling),
    heading(2, "verdicts", words.section.verdicts),
    ...verdictBlocks(telling),
  ];
}

function timelineBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const drawing = timelineChart(facts, language);
  const { gaps } = facts.timeline;
  return [
    { kind: "figure", title: words.chart.title, ...drawing },
    momentsTable(telling),
    ...(gaps.length === 0
      ? []
      : ([
          note(words.note.gaps),
          { kind: "list", items: gaps.slice(0, GAPS_MAX).map((gap) => spanOf(telling, gap)) },
        ] as const)),
  ];
}

function spanOf(telling: Telling, { from, to }: { from: string; to: string }): string {
  return toldSpan(telling, { earliest: from, latest: to });
}

/** Moments in the order of time, events by the letter that the chart has for them. */
function momentsTable(telling: Telling): Table {
  const { facts, words, language } = telling;
  const { incident } = facts;
  const rows: (readonly [at: string, when: string, what: string])[] = [
    [incident.start.earliest, toldSpan(telling, incident.start), words.moment.began],
    [incident.detectedAt, told(telling, incident.detectedAt), words.moment.noticed],
    ...(incident.end === null
      ? []
      : [[incident.end.earliest, toldSpan(telling, incident.end), words.moment.ended] as const]),
    ...facts.events.map(
      (event, at) =>
        [
          event.start,
          toldAs(telling, event.start, event.precision),
          `${letterOf(at)} ${words.chart.event}: ${unmarked(eventTitle(language, event))}`.trim(),
        ] as const,
    ),
    ...(facts.publication?.versions ?? []).map(
      ({ publishedAt, version, change }) =>
        [
          publishedAt,
          told(telling, publishedAt),
          `${words.column.version} ${version}: ${INCIDENT_WORDS[language].change[change]}`,
        ] as const,
    ),
  ];
  return {
    kind: "table",
    caption: words.caption.moments,
    columns: [
      { name: words.column.moment, share: 4 },
      { name: words.column.what, share: 5 },
    ],
    rows: rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, when, what]) => [when, what]),
  };
}

function cellBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const { note: notes } = words;
  const loss = facts.incident.targets.length === 0;
  if (facts.cells.length === 0) return [note(notes.none)];
  const parts = partsTable(telling);
  return [
    note(loss ? notes.cellsLoss : notes.cells),
    cellTable(telling, loss),
    ...(facts.cells.some(({ few }) => few) ? [note(notes.cellsFew)] : []),
    ...(parts === null ? [] : [parts]),
  ];
}

/** Where lines were lost it counts who was connected, where sites were concerned what was measured. */
function cellTable(telling: Telling, loss: boolean): Table {
  const { facts, words } = telling;
  const { column, note: notes } = words;
  const counts = loss ? (["before", "least"] as const) : TALLY;
  const countsOf = ({ during, connected }: Facts["cells"][number]) =>
    loss ? [connected?.before, connected?.least].map((count) => String(count ?? "–")) : tallyCells(during);
  return {
    kind: "table",
    caption: words.section.cells,
    columns: [
      { name: column.region, share: loss ? 4 : 3 },
      { name: column.network, share: loss ? 5 : 4.7 },
      { name: column.probes, share: 2.1, number: true },
      ...counts.map((key) => ({ name: column[key], share: loss ? 3 : 3.25, number: true })),
    ],
    rows: facts.cells.map((cell) => [
      cellPlace(telling, cell.region),
      networkName(telling, cell.asn),
      ...(cell.few ? [notes.few, ...counts.map(() => "")] : [String(cell.probes ?? ""), ...countsOf(cell)]),
    ]),
  };
}

const TALLY = ["measurements", "interfered", "clear", "unclear"] as const;

function tallyCells(tally: Tally | null): string[] {
  return TALLY.map((key) => (tally === null ? "" : String(tally[key])));
}

/** Beginning and end of each site, network and region by itself, where an incident has several. */
function partsTable(telling: Telling): Table | null {
  const { facts, words } = telling;
  const parts = facts.incident.parts ?? [];
  if (parts.length === 0) return null;
  const { column } = words;
  const where = (part: (typeof parts)[number]): TableCell => [
    ...(part.target === undefined ? [] : [siteText(telling, part.target)]),
    [
      part.region === null ? null : placeText(telling, part.region),
      part.asn === null ? null : networkName(telling, part.asn),
    ]
      .filter((text) => text !== null)
      .join(", "),
  ];
  return {
    kind: "table",
    caption: words.caption.parts,
    shown: true,
    columns: [
      { name: `${column.region}, ${column.network}`, share: 4 },
      { name: column.began, share: 4 },
      { name: column.ended, share: 4 },
    ],
    rows: parts
      .slice(0, PARTS_MAX)
      .map((part) => [
        where(part),
        toldSpan(telling, part.start),
        part.end === null ? "–" : toldSpan(telling, part.end),
      ]),
  };
}

function targetBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const { column } = words;
  if (facts.targets.length === 0) return [note(words.note.targetsNone)];
  return [
    {
      kind: "table",
      caption: words.section.targets,
      columns: [
        { name: column.site, share: 4 },
        ...TALLY.map((key) => ({ name: column[key], share: 2, number: true })),
        { name: column.first, share: 4 },
        { name: column.last, share: 4 },
      ],
      rows: facts.targets.map((row) => [
        siteText(telling, row.target),
        ...tallyCells(row),
        row.first === null ? "–" : told(telling, row.first),
        row.last === null ? "–" : told(telling, row.last),
      ]),
    },
  ];
}

function verdictBlocks({ facts, words }: Telling): Block[] {
  const { counts } = facts;
  const rows = Object.entries(counts.verdicts).map(([code, count]) => [
    words.verdict[code] ?? code,
    code,
    String(count),
  ]);
  const left = note(`${words.note.excluded} ${counts.excluded}.`);
  if (rows.length === 0) return [note(words.note.verdicts), note(words.note.none), left];
  return [
    note(words.note.verdicts),
    {
      kind: "table",
      caption: words.section.verdicts,
      columns: [
        { name: words.column.verdict, share: 5 },
        { name: words.column.code, share: 3 },
        { name: words.column.count, share: 2, number: true },
      ],
      rows,
    },
    left,
  ];
}
