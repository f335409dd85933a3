import { z } from "zod";
import { bytesOfHex } from "../../protocol/bytes.ts";
import type { Checkpoint } from "../../protocol/checkpoint.ts";
import { sameHash, verifyConsistency } from "../../protocol/merkle.ts";
import { Hex32 } from "../../protocol/primitives.ts";

/** What `/api/v1/log/consistency?from=…&to=…` answers: that a log goes on from one head to another. */
export const GrowthProof = z.looseObject({ from: z.int().min(1), to: z.int().min(1), path: z.array(Hex32).max(64) });
export type GrowthProof = z.infer<typeof GrowthProof>;

/**
 * Whether two heads belong to one log that only grew. Two roots of one size, or a proof that does not hold, are a log that was
 * rewritten or shows different people different things; without a proof for just these sizes it is not known.
 */
export function growthBetween(a: Checkpoint, b: Checkpoint, proof: GrowthProof | null): "grown" | "forked" | "unknown" {
  if (a.size === b.size) return sameHash(a.root, b.root) ? "grown" : "forked";
  const [old, late] = a.size < b.size ? [a, b] : [b, a];
  if (old.size === 0) return "grown";
  if (proof === null || proof.from !== old.size || proof.to !== late.size) return "unknown";
  const path = proof.path.map(bytesOfHex);
  const parts = { from: old.size, to: late.size, fromRoot: old.root, toRoot: late.root, path };
  return verifyConsistency(parts) ? "grown" : "forked";
}
