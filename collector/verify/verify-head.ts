import { openCheckpoint } from "../../protocol/checkpoint.ts";
import { leafHash, verifyInclusion } from "../../protocol/merkle.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import { readTlogProof } from "../../protocol/tlog-proof.ts";
import type { WitnessPolicy } from "../../protocol/witness-policy.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";
import { type GrowthProof, growthBetween } from "./growth.ts";
import { witnessCheck } from "./witness-checks.ts";

export type HeadOptions = {
  readonly key: NoteVerifier | null;
  readonly kept: string | null;
  readonly growth: GrowthProof | null;
  readonly policy: WitnessPolicy | null;
  /** The text of the entry that a proof is for; null when the reader gives none. */
  readonly record: string | null;
};

/** What can be said of a head of a log by itself: who signed it, and whether it goes on from one that was kept. */
export function verifyHead(note: string, { key, kept, growth, policy }: HeadOptions): Finding[] {
  if (key === null) return [unjudged("head", "--key"), unjudged("keptHead")];
  const head = openCheckpoint(note, key);
  if (head === null) return [holdsUnless("head", [key.name])];
  return [
    holdsUnless("head", []),
    keptFinding(kept === null ? null : openCheckpoint(kept, key)),
    witnessCheck({ notes: [note], key, policy, all: head.size }),
  ];

  function keptFinding(old: ReturnType<typeof openCheckpoint>): Finding {
    if (kept === null) return unjudged("keptHead");
    if (old === null || head === null) return holdsUnless("keptHead", ["--checkpoint"]);
    const sizes = `${old.size} / ${head.size}`;
    const between = growthBetween(old, head, growth);
    if (between === "unknown") return unjudged("keptHead", sizes);
    return holdsUnless("keptHead", between === "grown" ? [] : [sizes], [sizes]);
  }
}

/** What can be said of a proof for one entry (C2SP tlog-proof). */
export function verifyTlogProof(text: string, options: HeadOptions): Finding[] {
  const proof = readTlogProof(text);
  if (proof === null) return [holdsUnless("form", ["tlog-proof"])];
  const head = verifyHead(proof.checkpoint, options);
  const { key, record } = options;
  const opened = key === null ? null : openCheckpoint(proof.checkpoint, key);
  if (opened === null || record === null) return [...head, unjudged("inclusion", "--record")];
  const { index, path } = proof;
  const holds = verifyInclusion({ index, path, size: opened.size, leaf: leafHash(record), root: opened.root });
  return [...head, holdsUnless("inclusion", holds ? [] : [`${index} / ${opened.size}`], ["1"])];
}
