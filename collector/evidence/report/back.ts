import { INCIDENT_WORDS } from "../../wording/sentences.ts";
import { type Block, heading, note, paragraph, type TableCell } from "./blocks.ts";
import { enoughOf, type Telling, told, toldSpan } from "./telling.ts";

/** What every report ends with: versions, method, limits, glossary, and where its numbers come from. */
export function backBlocks(telling: Telling): Block[] {
  const { section, method, limits, glossary, column } = telling.words;
  return [
    heading(2, "versions", section.versions),
    ...versionBlocks(telling),
    heading(2, "method", section.method),
    ...method.map(paragraph),
    heading(2, "limits", section.limits),
    { kind: "list", items: limits },
    heading(2, "glossary", section.glossary),
    {
      kind: "table",
      caption: section.glossary,
      columns: [
        { name: column.term, share: 3 },
        { name: column.meaning, share: 7 },
      ],
      rows: glossary,
    },
    heading(2, "provenance", section.provenance),
    { kind: "facts", caption: section.provenance, rows: provenance(telling) },
  ];
}

function versionBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const said = INCIDENT_WORDS[language];
  const { column } = words;
  const versions = facts.publication?.versions ?? [];
  const intro = note(words.note.versions);
  if (versions.length === 0) return [intro, ...earlierBlocks(telling)];
  return [
    intro,
    {
      kind: "table",
      caption: words.section.versions,
      columns: [
        { name: column.version, share: 2 },
        { name: column.time, share: 4 },
        { name: column.change, share: 6 },
        { name: column.sure, share: 3 },
      ],
      rows: versions.map(
        ({ number, version, publishedAt, change, changed, note: words_, erratum, other, confidence }) => [
          `${number}-v${version}`,
          told(telling, publishedAt),
          [
            `${said.change[change]}${other === null ? "" : ` (${other})`}${changedText(telling, changed)}`,
            ...(erratum ? [said.erratum] : []),
            ...(words_?.[language] === undefined ? [] : [words_[language]]),
          ],
          said.confidence[confidence],
        ],
      ),
    },
  ];
}

function changedText({ words }: Telling, changed: readonly string[]): string {
  return changed.length === 0 ? "" : `: ${changed.map((field) => words.changed[field] ?? field).join(", ")}`;
}

/** How it was known before, while it has no number. */
function earlierBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { column } = words;
  if (facts.earlier.length === 0) return [note(words.note.none)];
  const { confidence: names, probes, fewProbes } = INCIDENT_WORDS[language];
  const sure = (code: string) => Object.entries(names).find(([name]) => name === code)?.[1] ?? code;
  return [
    {
      kind: "table",
      caption: words.section.versions,
      columns: [
        { name: words.row.known, share: 5 },
        { name: column.sure, share: 3 },
        { name: column.witnesses, share: 3 },
      ],
      rows: facts.earlier.map(({ asOf, confidence, witnesses }) => [
        told(telling, asOf),
        sure(confidence),
        witnesses > 0 && witnesses < enoughOf(facts) ? fewProbes(enoughOf(facts) - 1) : probes(witnesses),
      ]),
    },
  ];
}

function provenance(telling: Telling): (readonly [string, TableCell])[] {
  const { facts, words } = telling;
  const { bundle, log, window, replay } = facts;
  const { row, note: notes } = words;
  const again = replay === null ? notes.replayNone : replay.same ? notes.replaySame : notes.replayOther;
  return [
    [row.number, bundle.id],
    [row.known, bundle.asOf],
    [row.window, toldSpan(telling, { earliest: window.from, latest: window.to })],
    [row.replay, again],
    [row.log, log.origin],
    [row.leaves, String(log.size)],
    [row.root, log.root],
    [row.software, bundle.commit === null ? bundle.software : [bundle.software, bundle.commit]],
    [row.rules, bundle.rulesVersion],
    [row.knowledge, bundle.knowledge],
    [row.query, bundle.query],
    [row.license, bundle.license],
  ];
}
