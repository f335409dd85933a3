import { createHmac } from "node:crypto";
import type { EpochMs } from "../analysis/types.ts";

/**
 * A name for a probe that changes every UTC day: rows of one day can be grouped by probe, rows of two days cannot.
 * HMAC-SHA-256 with a secret of this collector; 16 hex digits.
 */
export type Pseudonym = (probe: string, at: EpochMs) => string;

export function createPseudonym(secret: string): Pseudonym {
  return (probe, at) => {
    const day = new Date(at).toISOString().slice(0, 10);
    return createHmac("sha256", secret).update(`${day} ${probe}`).digest("hex").slice(0, 16);
  };
}
