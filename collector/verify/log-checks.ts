import { bytesOfHex, hexOf } from "../../protocol/bytes.ts";
import { type Checkpoint, openCheckpoint } from "../../protocol/checkpoint.ts";
import { type Hash, sameHash, verifyConsistency } from "../../protocol/merkle.ts";
import { rootOfMany } from "../../protocol/merkle-many.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import type { Facts, LogProof } from "../evidence/facts.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

export type LogParts = {
  readonly note: string;
  readonly proof: LogProof;
  readonly facts: Facts;
  readonly key: NoteVerifier;
  /** Leaf hashes of the enclosed records, in the order of the files. */
  readonly leaves: readonly Hash[];
  /** A head that the reader kept or got from others; null when there is none. */
  readonly kept: string | null;
};

/** The signed head, earlier heads, one that others kept, and the places of the records in the log. */
export function logChecks({ note, proof, facts, key, leaves, kept }: LogParts): Finding[] {
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
    kept === null ? unjudged("keptHead") : keptHead(kept, head, proof, key),
    holdsUnless(
      "history",
      proof.history.flatMap((old, at) => (goesOn(old, head, key) ? [] : [`log-proof.json ${at}`])),
    ),
    holdsUnless("inclusion", isIncluded(proof, leaves, head) ? [] : ["log-proof.json"], [String(leaves.length)]),
  ];
}

/** An earlier head must be the beginning of this one; the bundle brings proofs for those that the collector kept. */
function keptHead(kept: string, head: Checkpoint, proof: LogProof, key: NoteVerifier): Finding {
  const old = openCheckpoint(kept, key);
  if (old === null) return holdsUnless("keptHead", ["--checkpoint"]);
  if (old.size === head.size) return holdsUnless("keptHead", sameHash(old.root, head.root) ? [] : ["checkpoint.txt"]);
  const known = proof.history.map(({ note }) => openCheckpoint(note, key)).find((one) => one?.size === old.size);
  if (known === undefined || known === null) return unjudged("keptHead", `${old.size} / ${head.size}`);
  return holdsUnless("keptHead", sameHash(known.root, old.root) ? [] : ["log-proof.json"]);
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
