import { openCheckpoint } from "../../protocol/checkpoint.ts";
import { cosignedBy, cosignerNames } from "../../protocol/cosignature.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import type { WitnessPolicy } from "../../protocol/witness-policy.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

export type WitnessedHeads = {
  /** Notes with the lines of witnesses: the head first, then earlier ones that were found to be its beginnings. */
  readonly notes: readonly string[];
  readonly key: NoteVerifier;
  readonly policy: WitnessPolicy | null;
  /** How many leaves a head must have to cover all that is enclosed. */
  readonly all: number;
};

/**
 * Whether witnesses whom the reader trusts saw this log: their lines must hold, and be enough by the reader's policy for a
 * head that covers all enclosed records. Without a policy only their names can be told.
 */
export function witnessCheck({ notes, key, policy, all }: WitnessedHeads): Finding {
  if (policy === null) return unjudged("witnesses", ...new Set(notes.flatMap(cosignerNames)));
  const heads = notes.map((note) => seenBy(note, openCheckpoint(note, key)?.size ?? 0, policy));
  const wrong = heads.flatMap((head) => head.wrong);
  const told = heads.flatMap((head) => head.told);
  const met = heads.filter(({ isMet }) => isMet);
  if (wrong.length > 0) return holdsUnless("witnesses", wrong);
  if (met.some(({ size }) => size >= all)) return holdsUnless("witnesses", [], told);
  return met.length > 0 ? unjudged("witnesses", ...told) : holdsUnless("witnesses", told.length === 0 ? ["–"] : told);
}

/** What witnesses of a policy say of one head. */
function seenBy(note: string, size: number, { witnesses, isMet }: WitnessPolicy) {
  const found = witnesses.map(({ label, key }) => ({ label, line: cosignedBy(note, key) }));
  const told = found.flatMap(({ label, line }) =>
    line.state === "holds" ? [`${label}: ${size}, ${new Date(line.timeS * 1000).toISOString()}`] : [],
  );
  const wrong = found.flatMap(({ label, line }) => (line.state === "wrong" ? [`${label}: ${size}`] : []));
  const names = found.flatMap(({ label, line }) => (line.state === "holds" ? [label] : []));
  return { size, told, wrong, isMet: isMet(new Set(names)) };
}
