import type { StoredReport } from "../store/world-tables.ts";
import type { Reader } from "./reader.ts";
import type { KeptReport, Report } from "./told.ts";

const READ_MAX = 10_000;

/** Reports of the data files and of editors as one list, oldest first; an editor's takes the place of a file's. */
export function joinReports(files: readonly Report[], stored: readonly StoredReport[]): KeptReport[] {
  const kept = new Map<string, KeptReport>();
  for (const report of files) kept.set(report.id, { report, origin: "data", withdrawn: false });
  for (const { report, withdrawn } of stored)
    kept.set(report.id, { report, origin: kept.has(report.id) ? "changed" : "desk", withdrawn });
  const order = ({ report: a }: KeptReport, { report: b }: KeptReport) =>
    Date.parse(a.start) - Date.parse(b.start) || (a.id < b.id ? -1 : 1);
  return [...kept.values()].sort(order);
}

/** Every report, those that were withdrawn among them. */
export async function keptReports({ store, catalogue }: Pick<Reader, "store" | "catalogue">): Promise<KeptReport[]> {
  return joinReports(catalogue.reports, await store.reports.all(READ_MAX));
}

/** What readers see: every report that was not withdrawn, oldest first. */
export async function publicReports(reader: Pick<Reader, "store" | "catalogue">): Promise<Report[]> {
  return (await keptReports(reader)).filter(({ withdrawn }) => !withdrawn).map(({ report }) => report);
}
