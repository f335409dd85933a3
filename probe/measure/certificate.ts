import { createHash, type X509Certificate } from "node:crypto";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Leaf } from "../../protocol/records/web.ts";
import { utcText } from "../utc-text.ts";

/** SHA-256 of each DER certificate as the server sent it, leaf first. */
export function chainHashes(leaf: X509Certificate): string[] {
  return chainOf(leaf).map(({ raw }) => sha256Hex(raw));
}

/** SHA-1 of the same: some interceptors are on record by that alone. It identifies here, and vouches for nothing. */
export function chainSha1(leaf: X509Certificate): string[] {
  return chainOf(leaf).map(({ raw }) => createHash("sha1").update(raw).digest("hex"));
}

function chainOf(leaf: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current: X509Certificate | undefined = leaf;
  while (current !== undefined && chain.length < LIMITS.certificates) {
    chain.push(current);
    current = current.issuerCertificate;
  }
  return chain;
}

/** What the record keeps of a leaf certificate. Times are RFC 3339 UTC where the certificate's can be read. */
export function describeLeaf(leaf: X509Certificate): Leaf {
  return {
    subject: oneLine(leaf.subject),
    issuer: oneLine(leaf.issuer),
    sans: alternativeNames(leaf.subjectAltName),
    notBefore: timeText(leaf.validFrom),
    notAfter: timeText(leaf.validTo),
  };
}

function oneLine(distinguishedName: string | undefined): string {
  return (distinguishedName ?? "").split("\n").join(", ").slice(0, LIMITS.text).toWellFormed();
}

function alternativeNames(text: string | undefined): string[] {
  return (text ?? "")
    .split(", ")
    .map((part) => /^(?:DNS|IP Address):(.+)$/.exec(part)?.[1]?.slice(0, LIMITS.name).toWellFormed())
    .filter((name) => name !== undefined)
    .slice(0, LIMITS.sans);
}

function timeText(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text.slice(0, 40) : utcText(time.getTime());
}
