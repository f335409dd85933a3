import type { RefusalCode } from "../../protocol/wire.ts";

/** A collector's no: its code (any text, newer collectors may know more) and how long it asks to be left alone. */
export type Refusal = { readonly code: string; readonly retryAfterS: number | null };

const HOUR_MS = 3_600_000;
/** Least wait after a refusal that time alone does not mend. */
const LEAST_MS: Partial<Record<RefusalCode, number>> = {
  unknown_probe: HOUR_MS,
  revoked: HOUR_MS,
  left: HOUR_MS,
  fork: HOUR_MS,
  bad_signature: HOUR_MS,
  bad_message: 300_000,
};

/** How long to wait after a refusal: what the collector asks, else what the code calls for, else null (back off). */
export function waitAfterMs(refusal: Refusal | null): number | null {
  if (refusal === null) return null;
  if (refusal.retryAfterS !== null) return refusal.retryAfterS * 1000;
  return Object.entries(LEAST_MS).find(([code]) => code === refusal.code)?.[1] ?? null;
}
