import { joined, textOf, utf8 } from "../../protocol/bytes.ts";
import { publicKeyPem } from "../../protocol/ed25519.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { readNote, signNote, verifierText } from "../../protocol/note.ts";
import { BAG, bundleSigner } from "./bag-names.ts";
import { type Files, linesFile } from "./files.ts";
import type { LogIdentity } from "./log-identity.ts";

/** Makes a signed bag: `data` goes below data/ and under the manifest, `tags` beside it under the tag manifest. */
export function makeBag(
  { data, tags, info }: { data: Files; tags: Files; info: Readonly<Record<string, string>> },
  { origin, privateKeyPem, verifier }: LogIdentity,
): Files {
  const payload = new Map([...data].map(([path, bytes]) => [`data/${path}`, bytes]));
  const bytes = [...data.values()].reduce((sum, file) => sum + file.length, 0);
  const infoLines = { ...info, "Payload-Oxum": `${bytes}.${data.size}` };
  const tagFiles = new Map<string, Uint8Array>([
    ...tags,
    [BAG.declaration, utf8("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")],
    [BAG.info, linesFile(Object.entries(infoLines).map(([name, value]) => `${name}: ${value}`))],
    [BAG.key, utf8(`${verifierText(verifier)}\n`)],
    [BAG.pem, utf8(publicKeyPem(verifier.publicKey))],
    [BAG.manifest, manifestOf(payload)],
  ]);
  const tagManifest = manifestOf(tagFiles);
  const note = signNote(textOf(tagManifest), bundleSigner(origin), privateKeyPem);
  const signature = readNote(note)?.signatures[0]?.signature ?? joined();
  return new Map([
    ...payload,
    ...tagFiles,
    [BAG.tagManifest, tagManifest],
    [BAG.note, utf8(note)],
    [BAG.signature, signature],
  ]);
}

function manifestOf(files: Files): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return linesFile(sorted.map(([path, bytes]) => `${sha256Hex(bytes)}  ${path}`));
}
