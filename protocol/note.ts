import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { CodedError } from "./coded-error.ts";
import { publicKeyOf } from "./signature.ts";

/**
 * A key that signs notes, as verifiers are told it: a name and an Ed25519 key. Its text is
 * `name+hash+base64(0x01 || key)` (C2SP signed-note; Go's golang.org/x/mod/sumdb/note).
 */
export type NoteVerifier = { readonly name: string; readonly id: Buffer; readonly publicKey: Buffer };

/** What stands below a note: who signed, and the signature after the four bytes that name the key. */
export type NoteSignature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** Type of an Ed25519 key in a signed note. */
const ED25519 = 1;
const SIGNATURES_MAX = 64;
const NOTE_BYTES = 1024 * 1024;
const NAME = /^[^\s+\p{Cc}]+$/u;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u;

/** The verifier of a name and a raw public key (base64url, as everywhere in Kuager). */
export function noteVerifier(name: string, publicKey: string): NoteVerifier {
  if (!NAME.test(name)) throw new CodedError("bad_input", `'${name}' cannot name a key: no space and no plus sign.`);
  const raw = Buffer.from(publicKey, "base64url");
  return { name, publicKey: raw, id: keyId(name, raw) };
}

/** Text of a verifier: what people exchange, and what `kuager verify --key` takes. */
export function verifierText({ name, id, publicKey }: NoteVerifier): string {
  return `${name}+${id.toString("hex")}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString("base64")}`;
}

/** The verifier that a text names; null when it is none, or its hash is not that of name and key. */
export function readVerifier(text: string): NoteVerifier | null {
  const [, name = "", hash = "", key = ""] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(key, "base64");
  if (!NAME.test(name) || bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const publicKey = bytes.subarray(1);
  const id = keyId(name, publicKey);
  return id.toString("hex") === hash ? { name, id, publicKey } : null;
}

/** Signs a text, which must end with a line feed and hold no other control character, under a name. */
export function signNote(text: string, name: string, privateKeyPem: string): string {
  if (!isNoteText(text)) throw new CodedError("bad_input", "A note is UTF-8 lines, each ended by a line feed.");
  const { id } = noteVerifier(name, publicKeyOf(privateKeyPem));
  const signature = sign(null, Buffer.from(text, "utf8"), createPrivateKey(privateKeyPem));
  return `${text}\n— ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
}

/** Reads a signed note without judging its signatures; null when it is not of that form. */
export function readNote(note: string): Note | null {
  if (note.length > NOTE_BYTES || !note.endsWith("\n")) return null;
  const cut = note.lastIndexOf("\n\n");
  if (cut === -1) return null;
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2, -1).split("\n");
  if (!isNoteText(text) || lines.length > SIGNATURES_MAX) return null;
  const signatures = lines.flatMap((line) => {
    const [, name, data = ""] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(data, "base64");
    if (name === undefined || bytes.length < 5 || bytes.toString("base64") !== data) return [];
    return [{ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }];
  });
  return signatures.length === lines.length ? { text, signatures } : null;
}

/** The text of a note that this verifier's key signed; null when it did not, or the note is none. Never throws. */
export function openNote(note: string, verifier: NoteVerifier): string | null {
  const read = readNote(note);
  const own = read?.signatures.filter(({ name, id }) => name === verifier.name && id.equals(verifier.id)) ?? [];
  if (read === null || own.length === 0) return null;
  const key = keyObject(verifier.publicKey);
  if (key === null) return null;
  return own.every(({ signature }) => verify(null, Buffer.from(read.text, "utf8"), key, signature)) ? read.text : null;
}

/** First four bytes of SHA-256 over name, line feed, type and key. */
function keyId(name: string, publicKey: Buffer): Buffer {
  return createHash("sha256").update(`${name}\n`).update(Buffer.of(ED25519)).update(publicKey).digest().subarray(0, 4);
}

function keyObject(raw: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
  } catch {
    return null;
  }
}

function isNoteText(text: string): boolean {
  return text.endsWith("\n") && text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text);
}
