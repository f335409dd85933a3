/** What replay found wrong or missing in an archive. Lists hold the first ones; counts count all. */
export type ReplayReport = {
  lines: number;
  entries: number;
  refusedLines: number;
  refused: { line: number; problem: string }[];
  /** Entries that stood in the archive more than once. */
  repeated: number;
  /** Numbers that a probe's chain lacks between entries that are there. */
  gaps: { probe: string; from: number; to: number }[];
  gapCount: number;
  /** Entries that do not name the hash of the one before them. They are told, and used all the same. */
  breaks: { line: number; probe: string; seq: number }[];
  breakCount: number;
};

const SHOWN = 100;

/** A report of nothing yet, with the ways to fill it. */
export function createReplayReport() {
  const report: ReplayReport = {
    ...{ lines: 0, entries: 0, refusedLines: 0, refused: [], repeated: 0 },
    ...{ gaps: [], gapCount: 0, breaks: [], breakCount: 0 },
  };
  return {
    report,
    refuse: (line: number, problem: string) => {
      report.refusedLines += 1;
      if (report.refused.length < SHOWN) report.refused.push({ line, problem });
    },
    gap: (gap: ReplayReport["gaps"][number]) => {
      report.gapCount += 1;
      if (report.gaps.length < SHOWN) report.gaps.push(gap);
    },
    broken: (at: ReplayReport["breaks"][number]) => {
      report.breakCount += 1;
      if (report.breaks.length < SHOWN) report.breaks.push(at);
    },
  };
}
export type ReplayReporter = ReturnType<typeof createReplayReport>;

/** What a person must know of an archive's faults, one a line; empty when it has none. */
export function faultsText(archive: string, report: ReplayReport): string {
  const { refused, refusedLines, gaps, gapCount, breaks, breakCount, repeated } = report;
  const lines = [
    ...refused.map(({ line, problem }) => `${archive}:${line}: ${problem}`),
    ...more(refusedLines, refused.length, "lines were not taken"),
    ...breaks.map(({ line, probe, seq }) => `${archive}:${line}: entry ${seq} of ${probe} does not continue its chain`),
    ...more(breakCount, breaks.length, "breaks of a chain"),
    ...gaps.map(({ probe, from, to }) => `${archive}: entries ${from} to ${to} of probe ${probe} are missing`),
    ...more(gapCount, gaps.length, "gaps"),
    ...(repeated > 0 ? [`${archive}: ${repeated} entries came more than once and were taken once`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function more(all: number, shown: number, what: string): string[] {
  return all > shown ? [`… and ${all - shown} more ${what}.`] : [];
}
