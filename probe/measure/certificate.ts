import type { X509Certificate } from "node:crypto";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Leaf } from "../../protocol/records/web.ts";

/** SHA-256 of each DER certificate as the server sent it, leaf first. */
export function chainHashes(leaf: X509Certificate): string[] {
  const hashes: string[] = [];
  let current: X509Certificate | undefined = leaf;
  while (current !== undefined && hashes.length < LIMITS.certificates) {
    hashes.push(sha256Hex(current.raw));
    current = current.issuerCertificate;
  }
  return hashes;
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
  return Number.isNaN(time.getTime()) ? text.slice(0, 40) : time.toISOString();
}
