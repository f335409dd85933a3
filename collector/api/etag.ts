import { createHash } from "node:crypto";

/** A weak validator (RFC 9110 8.8.1): equal where answers say the same, whenever they were made and however packed. */
export function weakTag(...parts: readonly unknown[]): string {
  return `W/"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27)}"`;
}

/** Whether a reader has that answer already. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((one) => plain(one) === plain(tag));
}

function plain(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
