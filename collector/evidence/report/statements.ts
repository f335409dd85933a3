import { groundTexts } from "../../wording/grounds/grounds.ts";
import { causeText, headline, hypothesisText, INCIDENT_WORDS, watchedText } from "../../wording/sentences.ts";
import type { StatementBeside } from "../facts.ts";
import { type Block, note, type Table, type TableCell } from "./blocks.ts";
import { type Telling, told, toldAs, toldSpan } from "./telling.ts";

const REASONS_SHOWN = 4;

/** Who said what, what was measured at the time that they speak of, and what the records say of what they claim. */
export function statementBlocks(telling: Telling): Block[] {
  const { facts, words } = telling;
  const statements = facts.publication?.statements ?? [];
  const intro = note(words.note.statements);
  if (statements.length === 0) return [intro, note(words.note.none)];
  return [intro, saidTable(telling, statements), measuredTable(telling, statements), testedTable(telling, statements)];
}

function saidTable(telling: Telling, statements: readonly StatementBeside[]): Table {
  const { facts, language, words } = telling;
  const { column } = words;
  const said = INCIDENT_WORDS[language];
  return {
    kind: "table",
    caption: words.section.statements,
    columns: [
      { name: column.who, share: 4 },
      { name: column.claim, share: 6 },
      { name: column.source, share: 4 },
    ],
    rows: statements.map(({ claim, cause, summary, source, archived, ...statement }) => [
      who(telling, statement),
      [
        `${said.statement.claim[claim]}: ${summary[language]}`,
        ...(cause === null ? [] : [said.statement.names(causeText(language, facts.incident, cause))]),
      ],
      archived === null ? source : [source, archived.sha256],
    ]),
  };
}

function measuredTable(telling: Telling, statements: readonly StatementBeside[]): Table {
  const { column, caption } = telling.words;
  return {
    kind: "table",
    caption: caption.measured,
    shown: true,
    columns: [
      { name: column.who, share: 4 },
      { name: column.spokenOf, share: 5 },
      { name: column.records, share: 7 },
    ],
    rows: statements.map(({ measured, ...statement }) => [
      who(telling, statement),
      [told(telling, measured.from), told(telling, measured.to)],
      found(telling, measured),
    ]),
  };
}

/** Who watched in that time, and which incidents are known of it. */
function found(telling: Telling, { watched, incidents }: StatementBeside["measured"]): TableCell {
  const { facts, language } = telling;
  const said = INCIDENT_WORDS[language];
  if (incidents.length === 0) return [watchedText(language, watched), said.statement.noIncident];
  return [
    watchedText(language, watched),
    ...incidents.map((incident) => {
      const name = `${incident.number ?? incident.id}: ${headline(language, incident, facts.names)}`;
      return `${name}; ${said.confidence[incident.confidence]}; ${toldSpan(telling, incident.start)}`;
    }),
  ];
}

function testedTable(telling: Telling, statements: readonly StatementBeside[]): Table {
  const { language, words } = telling;
  const { column, caption } = words;
  const said = INCIDENT_WORDS[language];
  const rows = statements.flatMap(({ hypotheses, ...statement }) =>
    hypotheses.length === 0
      ? [[who(telling, statement), said.statement.noHypothesis, "–", "–"]]
      : hypotheses.map((one): TableCell[] => [
          who(telling, statement),
          hypothesisText(language, one.claim),
          one.predictions.map((prediction) => prediction[language]),
          verdict(telling, one),
        ]),
  );
  return {
    kind: "table",
    caption: caption.tested,
    shown: true,
    columns: [
      { name: column.who, share: 4 },
      { name: column.cause, share: 3 },
      { name: column.prediction, share: 5 },
      { name: column.held, share: 4 },
    ],
    rows,
  };
}

function verdict({ language }: Telling, { claim, verdict: held, reason, grounds }: Hypothesis): TableCell {
  const said = INCIDENT_WORDS[language];
  // That it was one or two probes would tell who they can have been.
  const told = claim === "single probe" ? [] : grounds.flatMap((ground) => groundTexts(language, ground));
  return [said.held[held], `(${said.statement.reason[reason]})`, ...told.slice(0, REASONS_SHOWN)];
}

type Hypothesis = StatementBeside["hypotheses"][number];

function who(
  telling: Telling,
  {
    speaker,
    speakerNames,
    body,
    at,
    precision,
  }: Pick<StatementBeside, "speaker" | "speakerNames" | "body" | "at" | "precision">,
): TableCell {
  const { language } = telling;
  return [
    speakerNames?.[language] ?? speaker,
    INCIDENT_WORDS[language].statement.body[body],
    toldAs(telling, at, precision),
  ];
}
