import { createPublicKey } from "node:crypto";
import { sha256Hex } from "../../protocol/hash.ts";
import { readNote, signNote, verifierText } from "../../protocol/note.ts";
import type { Files } from "./files.ts";
import type { LogIdentity } from "./log-identity.ts";

/** Names of a bag's own files (RFC 8493), and of what we lay beside them. */
export const BAG = {
  declaration: "bagit.txt",
  info: "bag-info.txt",
  manifest: "manifest-sha256.txt",
  tagManifest: "tagmanifest-sha256.txt",
  /** The tag manifest as a signed note (C2SP signed-note), and the same signature as 64 bytes for openssl. */
  note: "tagmanifest-sha256.txt.note",
  signature: "manifest.sig",
  key: "keys/log.vkey",
  pem: "keys/log.pem",
} as const;

/** Neither manifest can name itself, nor what is made over it. */
export const UNLISTED: ReadonlySet<string> = new Set([BAG.tagManifest, BAG.note, BAG.signature]);

/** Under this name the key of a log signs bundles: a signature for one cannot serve as the other. */
export function bundleSigner(origin: string): string {
  return `${origin}/bundle`;
}

/** Makes a signed bag: `data` goes below data/ and under the manifest, `tags` beside it under the tag manifest. */
export function makeBag(
  { data, tags, info }: { data: Files; tags: Files; info: Readonly<Record<string, string>> },
  { origin, privateKeyPem, verifier }: LogIdentity,
): Files {
  const payload = new Map([...data].map(([path, bytes]) => [`data/${path}`, bytes]));
  const bytes = [...data.values()].reduce((sum, file) => sum + file.length, 0);
  const infoLines = { ...info, "Payload-Oxum": `${bytes}.${data.size}` };
  const pem = createPublicKey(privateKeyPem).export({ type: "spki", format: "pem" }).toString();
  const tagFiles = new Map([
    ...tags,
    [BAG.declaration, text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")],
    [BAG.info, text(lines(Object.entries(infoLines).map(([name, value]) => `${name}: ${value}`)))],
    [BAG.key, text(`${verifierText(verifier)}\n`)],
    [BAG.pem, text(pem)],
    [BAG.manifest, text(manifestOf(payload))],
  ]);
  const tagManifest = manifestOf(tagFiles);
  const note = signNote(tagManifest, bundleSigner(origin), privateKeyPem);
  const signature = readNote(note)?.signatures[0]?.signature ?? Buffer.alloc(0);
  return new Map([
    ...payload,
    ...tagFiles,
    [BAG.tagManifest, text(tagManifest)],
    [BAG.note, text(note)],
    [BAG.signature, signature],
  ]);
}

function manifestOf(files: Files): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return lines(sorted.map(([path, bytes]) => `${sha256Hex(bytes)}  ${path}`));
}

function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join("");
}

function text(content: string): Buffer {
  return Buffer.from(content, "utf8");
}
