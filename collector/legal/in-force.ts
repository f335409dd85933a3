import type { LegalBasis } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";

/** The newest version of each record that was on record at a moment (null: now), oldest first. */
export function inForce(records: readonly LegalBasis[], asOf: EpochMs | null): LegalBasis[] {
  const newest = new Map<string, LegalBasis>();
  for (const record of records) {
    if (asOf !== null && Date.parse(record.recordedAt) > asOf) continue;
    if ((newest.get(record.id)?.version ?? 0) < record.version) newest.set(record.id, record);
  }
  return [...newest.values()].sort(byRecording);
}

/** Records about a target. */
export function ofTarget(records: readonly LegalBasis[], target: string): LegalBasis[] {
  return records.filter(({ subject }) => "target" in subject && subject.target === target);
}

/** Records about a published incident, and about any of its targets. */
export function ofIncident(records: readonly LegalBasis[], number: string, targets: readonly string[]): LegalBasis[] {
  return records.filter(({ subject }) =>
    "incident" in subject ? subject.incident === number : targets.includes(subject.target),
  );
}

/**
 * What records together say: those about the incident itself come before those about its targets, and of them the latest
 * counts. `not yet known` where nobody has looked.
 */
export function basisOf(records: readonly LegalBasis[]): LegalBasis["basis"] {
  const own = records.filter(({ subject }) => "incident" in subject);
  return (own.length > 0 ? own : records).toSorted(byRecording).at(-1)?.basis ?? "not yet known";
}

function byRecording(a: LegalBasis, b: LegalBasis): number {
  return a.recordedAt === b.recordedAt ? (a.id < b.id ? -1 : 1) : a.recordedAt < b.recordedAt ? -1 : 1;
}
