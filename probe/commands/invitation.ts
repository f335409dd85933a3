import { CodedError } from "../../protocol/coded-error.ts";
import { addressesOf } from "../uplink/addresses.ts";

/** An invitation as typed: the one-time code, and the collector's address when the code carries one. */
export type Invitation = { readonly code: string; readonly collector: string | null };

/**
 * Reads `7KQ2-M9XD-04TB-PZ5H`, alone or with `@https://collector:8080` behind it. Throws `usage` for anything that cannot be a
 * code. Pure.
 */
export function parseInvitation(word: string): Invitation {
  const at = word.indexOf("@");
  const code = (at < 0 ? word : word.slice(0, at)).trim();
  if (!/^[A-Za-z0-9][A-Za-z0-9 -]{6,62}[A-Za-z0-9]$/.test(code))
    throw new CodedError("usage", `'${word}' is no invitation code. It looks like 7KQ2-M9XD-04TB-PZ5H.`);
  return { code, collector: at < 0 ? null : addressesOf(word.slice(at + 1).trim()).base };
}
