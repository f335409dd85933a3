import type { Catalogue } from "../catalogue.ts";
import { replayLines } from "../replay/replay.ts";
import { fileSource } from "../replay/source.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

/** What can be said of an archive: its lines, signatures and chains. It carries no proof of the log. */
export async function verifyArchive(
  file: string,
  { knowledge, regions }: Pick<Catalogue, "knowledge" | "regions">,
): Promise<Finding[]> {
  const { report } = await replayLines(fileSource(file), { unsigned: false, knowledge, regions });
  const faults = [
    ...report.refused.map(({ line, problem }) => `${line}: ${problem}`),
    ...report.breaks.map(({ line, probe, seq }) => `${line}: ${probe}/${seq}`),
    ...report.gaps.map(({ probe, from, to }) => `${probe}/${from}–${to}`),
  ];
  return [
    holdsUnless("form", report.entries === 0 ? [file] : []),
    holdsUnless("entries", faults, [String(report.entries)]),
    unjudged("inclusion"),
  ];
}
