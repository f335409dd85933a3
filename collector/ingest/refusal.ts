import type { RefusalCode } from "../../protocol/wire.ts";

/** Why something of a probe is not taken, in the words both uplink routes send back. */
export type Refusal = {
  readonly ok: false;
  readonly code: RefusalCode;
  /** For a person: what is wrong and what to do. */
  readonly says: string;
  /** When to try again; null where trying again cannot help. */
  readonly retryAfterS: number | null;
};

export function refusal(code: RefusalCode, says: string, retryAfterS: number | null = null): Refusal {
  return { ok: false, code, says: says.slice(0, 2000), retryAfterS };
}
