import { base64UrlOf, bytesOfBase64, textOf as decoded, joined, sameBytes, utf8 } from "../../protocol/bytes.ts";
import { verifyBytes } from "../../protocol/ed25519.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { type NoteVerifier, noteVerifier, openNote, readVerifier, verifierText } from "../../protocol/note.ts";
import { BAG, bundleSigner, UNLISTED } from "../evidence/bag-names.ts";
import { type Files, isSafePath } from "../evidence/files.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

/** The key that the bundle names; null when it names none that can be read. */
export function enclosedKey(files: Files): NoteVerifier | null {
  return readVerifier(textOf(files, BAG.key));
}

/** Form, both manifests and the signature over them. `given` is the key that the reader got another way. */
export function bagChecks(files: Files, given: NoteVerifier | null): Finding[] {
  const enclosed = enclosedKey(files);
  const payload = [...files.keys()].filter((path) => path.startsWith("data/"));
  const tags = [...files.keys()].filter((path) => !path.startsWith("data/") && !UNLISTED.has(path));
  const missing = Object.values(BAG).filter((path) => !files.has(path));
  const declared = textOf(files, BAG.declaration).startsWith("BagIt-Version: 1.0\n");
  return [
    holdsUnless("form", [...missing, ...(declared ? [] : [BAG.declaration])]),
    holdsUnless("files", manifestFaults(files, BAG.manifest, payload)),
    holdsUnless("tagFiles", manifestFaults(files, BAG.tagManifest, tags)),
    holdsUnless("signature", signatureFaults(files, given ?? enclosed)),
    given === null
      ? unjudged("key", ...(enclosed === null ? [] : [verifierText(enclosed)]))
      : holdsUnless("key", enclosed !== null && verifierText(enclosed) === verifierText(given) ? [] : [BAG.key]),
  ];
}

/** Files that a manifest lacks, names though they are not there, names twice, or whose bytes are others. */
function manifestFaults(files: Files, name: string, expected: readonly string[]): string[] {
  const listed = new Map<string, string>();
  const faults: string[] = [];
  for (const line of textOf(files, name).split("\n").slice(0, -1)) {
    const [, hash, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined || listed.has(path) || !isSafePath(path))
      faults.push(`${name}: ${line}`);
    else listed.set(path, hash);
  }
  for (const path of expected) if (!listed.has(path)) faults.push(path);
  for (const [path, hash] of listed) {
    const bytes = files.get(path);
    if (bytes === undefined || !expected.includes(path) || sha256Hex(bytes) !== hash) faults.push(path);
  }
  if (listed.size === 0) faults.push(name);
  return [...new Set(faults)];
}

/** The note must hold the very tag manifest, be signed by the key, and the 64 bytes for openssl be that signature. */
function signatureFaults(files: Files, log: NoteVerifier | null): string[] {
  if (log === null) return [BAG.key];
  const manifest = textOf(files, BAG.tagManifest);
  const signer = noteVerifier(bundleSigner(log.name), base64UrlOf(log.publicKey));
  const faults = openNote(textOf(files, BAG.note), signer) === manifest ? [] : [BAG.note];
  return [
    ...faults,
    ...(isSigned(files, manifest, log) ? [] : [BAG.signature]),
    ...(isPemOf(files, log) ? [] : [BAG.pem]),
  ];
}

function isSigned(files: Files, manifest: string, log: NoteVerifier): boolean {
  return verifyBytes(log.publicKey, utf8(manifest), files.get(BAG.signature) ?? joined());
}

/** Algorithm of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410), before the 32 bytes of the key. */
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

function isPemOf(files: Files, log: NoteVerifier): boolean {
  const [, base64 = ""] =
    /^-----BEGIN PUBLIC KEY-----\n([\s\S]+)\n-----END PUBLIC KEY-----\n$/.exec(textOf(files, BAG.pem)) ?? [];
  const der = bytesOfBase64(base64.replaceAll("\n", ""));
  return der !== null && sameBytes(der, joined(SPKI, log.publicKey));
}

/** Text of a file; empty when it is not there. */
export function textOf(files: Files, path: string): string {
  return decoded(files.get(path) ?? joined());
}
