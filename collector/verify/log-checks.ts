import { bytesOfHex, hexOf } from "../../protocol/bytes.ts";
import { type Checkpoint, openCheckpoint } from "../../protocol/checkpoint.ts";
import { type Hash, sameHash, verifyConsistency } from "../../protocol/merkle.ts";
import { rootOfMany } from "../../protocol/merkle-many.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import type { Facts, LogProof } from "../evidence/facts.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";
import { type GrowthProof, growthBetween } from "./growth.ts";

export type LogParts = {
  /** The head as the log signed it. */
  readonly note: string;
  readonly proof: LogProof;
  readonly facts: Facts;
  readonly key: NoteVerifier;
  /** Leaf hashes of the enclosed records, in the order of the files. */
  readonly leaves: readonly Hash[];
  /** A head that the reader kept or got from others; null when there is none. */
  readonly kept: string | null;
  /** The log's own proof that one of both heads goes on from the other; null when the reader has none. */
  readonly growth: GrowthProof | null;
};

/** The signed head, earlier heads, one that others kept, and the places of the records in the log. */
export function logChecks({ note, proof, facts, key, leaves, kept, growth }: LogParts): Finding[] {
  const head = openCheckpoint(note, key);
  if (head === null)
    return [
      holdsUnless("head", ["checkpoint.txt"]),
      ...(["history", "inclusion"] as const).map((check) => unjudged(check, "checkpoint.txt")),
    ];
  const { log } = facts;
  const told = log.origin === head.origin && log.size === head.size && log.root === hexOf(head.root);
  const sized = proof.size === head.size;
  return [
    holdsUnless("head", [...(told ? [] : ["data/incident.json"]), ...(sized ? [] : ["log-proof.json"])]),
    kept === null ? unjudged("keptHead") : keptHead(kept, { head, proof, key, growth }),
    holdsUnless(
      "history",
      proof.history.flatMap((old, at) => (goesOn(old, head, key) ? [] : [`log-proof.json ${at}`])),
    ),
    holdsUnless("inclusion", isIncluded(proof, leaves, head) ? [] : ["log-proof.json"], [String(leaves.length)]),
  ];
}

type Keeping = {
  readonly head: Checkpoint;
  readonly proof: LogProof;
  readonly key: NoteVerifier;
  readonly growth: GrowthProof | null;
};

/**
 * A head that somebody kept must be the beginning of this one, or this one of it. The bundle brings proofs for the heads in it;
 * for others the log gives one, which the reader brings.
 */
function keptHead(text: string, { head, proof, key, growth }: Keeping): Finding {
  const kept = openCheckpoint(text, key);
  if (kept === null) return holdsUnless("keptHead", ["--checkpoint"]);
  const sizes = `${kept.size} / ${head.size}`;
  const between = growthBetween(kept, head, growth);
  if (between !== "unknown") return holdsUnless("keptHead", between === "grown" ? [] : [sizes], [sizes]);
  const known = proof.history.map(({ note }) => openCheckpoint(note, key)).find((one) => one?.size === kept.size);
  if (known === undefined || known === null) return unjudged("keptHead", sizes);
  return holdsUnless("keptHead", sameHash(known.root, kept.root) ? [] : [sizes], [sizes]);
}

function goesOn({ note, path }: LogProof["history"][number], head: Checkpoint, key: NoteVerifier): boolean {
  const old = openCheckpoint(note, key);
  if (old === null) return false;
  const [from, to] = [old.size, head.size];
  return verifyConsistency({ from, to, fromRoot: old.root, toRoot: head.root, path: path.map(bytesOfHex) });
}

function isIncluded({ leaves: places, path }: LogProof, leaves: readonly Hash[], head: Checkpoint): boolean {
  if (places.length !== leaves.length) return false;
  if (places.length === 0) return true;
  const placed = places.map((index, at) => ({ index, hash: leaves[at] ?? new Uint8Array() }));
  placed.sort((a, b) => a.index - b.index);
  const root = rootOfMany(placed, head.size, path.map(bytesOfHex));
  return root !== null && sameHash(root, head.root);
}
