/** What an import did. `known` were there before, or came twice. */
export type ImportReport = {
  lines: number;
  added: Counts;
  known: Counts;
  /** Numbers that a probe's chain lacks between entries that are there. */
  gaps: { probe: string; from: number; to: number }[];
  /** Lines that were not taken, the first ones; `refusedLines` counts them all. */
  refused: { line: number; problem: string }[];
  refusedLines: number;
  /** Earliest receive time of what is new; null when nothing is. */
  from: number | null;
};
export type Counts = { probes: number; entries: number; presences: number; events: number };

const SHOWN = 100;

/** A report of nothing yet, with the ways to fill it. */
export function createReport() {
  const none = (): Counts => ({ probes: 0, entries: 0, presences: 0, events: 0 });
  const report: ImportReport = {
    ...{ lines: 0, added: none(), known: none(), gaps: [], refused: [], refusedLines: 0, from: null },
  };
  return {
    report,
    refuse: (line: number, problem: string) => {
      report.refusedLines += 1;
      if (report.refused.length < SHOWN) report.refused.push({ line, problem });
    },
    gap: (probe: string, from: number, to: number) => {
      if (report.gaps.length < SHOWN) report.gaps.push({ probe, from, to });
    },
    count: (kind: keyof Counts, added: number, of: number) => {
      report.added[kind] += added;
      report.known[kind] += of - added;
    },
    newSince: (at: number) => {
      report.from = Math.min(report.from ?? at, at);
    },
  };
}
export type Reporter = ReturnType<typeof createReport>;

/** The report for a person. */
export function reportText(file: string, { lines, added, known, gaps, refused, refusedLines }: ImportReport): string {
  const told = (counts: Counts) =>
    `${counts.probes} probes, ${counts.entries} entries, ${counts.presences} presences, ${counts.events} events`;
  const more = refusedLines - refused.length;
  return [
    `${lines} lines read. New: ${told(added)}. Known before: ${told(known)}.`,
    ...gaps.map(({ probe, from, to }) => `Missing: entries ${from} to ${to} of probe ${probe}.`),
    ...refused.map(({ line, problem }) => `${file}:${line}: not taken: ${problem}`),
    ...(more > 0 ? [`… and ${more} more lines not taken.`] : []),
    "",
  ].join("\n");
}
