import { sha256Hex } from "../../protocol/hash.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import type { Language } from "../api/types.ts";

/** How feeds and alerts name what they tell. */
export type Addresses = {
  /** A name that stays for ever: the permanent address, or a UUID where the collector's own address is not told. */
  readonly idOf: (path: string) => string;
  /** An address to open; without the collector's own address it begins with the path. */
  readonly hrefOf: (path: string) => string;
};

/** Addresses under the collector's public address; `origin`, the log's name, makes UUIDs where there is none. */
export function createAddresses(publicUrl: string | null, origin: string): Addresses {
  if (publicUrl !== null && publicUrl !== "") {
    const absolute = (path: string) => `${publicUrl}${path}`;
    return { idOf: absolute, hrefOf: absolute };
  }
  return { idOf: (path) => `urn:uuid:${uuidOf(`${origin} ${path}`)}`, hrefOf: (path) => path };
}

/** Permanent path of a published version. */
export function versionPath({ number, version }: Pick<PublishedVersion, "number" | "version">): string {
  return `/i/${number}/v${version}`;
}

/** Path of the page of an incident in a language. */
export function pagePath(language: Language, path: string): string {
  return `/${language}${path}`;
}

/** A UUID made from text alone (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = sha256Hex(text);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${"89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4]}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
