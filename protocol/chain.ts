import { canonicalJson } from "./canonical-json.ts";
import { sha256Hex } from "./hash.ts";
import type { Entry } from "./records/entry.ts";

/** `prev` of a probe's first entry. */
export const GENESIS = "0".repeat(64);

/** Hash of an entry: SHA-256 of its canonical JSON, in hex. It is the next entry's `prev`. */
export function entryHash(entry: unknown): string {
  return sha256Hex(canonicalJson(entry));
}

/** Where a chain stands: the last entry's sequence number and hash (0 and {@link GENESIS} before the first). */
export type ChainHead = { readonly seq: number; readonly hash: string };
export const CHAIN_START: ChainHead = { seq: 0, hash: GENESIS };

export type ChainFault =
  | { kind: "gap"; expectedSeq: number; seq: number }
  | { kind: "broken"; seq: number; expectedPrev: string; prev: string };

/** Follows entries from `head`; stops at the first that does not continue the chain and names the fault. */
export function followChain(
  head: ChainHead,
  entries: readonly Pick<Entry, "seq" | "prev">[],
): { head: ChainHead; fault: ChainFault | null } {
  let current = head;
  for (const entry of entries) {
    if (entry.seq !== current.seq + 1)
      return { head: current, fault: { kind: "gap", expectedSeq: current.seq + 1, seq: entry.seq } };
    if (entry.prev !== current.hash)
      return { head: current, fault: { kind: "broken", seq: entry.seq, expectedPrev: current.hash, prev: entry.prev } };
    current = { seq: entry.seq, hash: entryHash(entry) };
  }
  return { head: current, fault: null };
}
