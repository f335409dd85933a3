import { base64Of, bytesOfBase64, bytesOfBase64Url, hexOf, joined, sameBytes, utf8 } from "./bytes.ts";
import { CodedError } from "./coded-error.ts";
import { publicKeyBytes, signBytes, verifyBytes } from "./ed25519.ts";
import { sha256 } from "./hash.ts";

/** What a key signs: notes as they stand (C2SP signed-note), or heads of logs with a time (C2SP tlog-cosignature). */
export const KEY_TYPES = { note: 1, cosignature: 4 } as const;
export type KeyType = keyof typeof KEY_TYPES;

/**
 * An Ed25519 key under a name, as verifiers are told it. Its text is `name+hash+base64(type || key)`
 * (C2SP signed-note; Go's golang.org/x/mod/sumdb/note).
 */
export type NoteVerifier = {
  readonly name: string;
  readonly type: KeyType;
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
};

/** What stands below a note: who signed, and the signature after the four bytes that name the key. */
export type NoteSignature = { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array };
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const SIGNATURES_MAX = 64;
const NOTE_CHARACTERS = 1024 * 1024;
const NAME = /^[^\s+\p{Cc}]+$/u;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u;

/** The verifier of a name and a raw public key (base64url, as everywhere in Kuager). */
export function noteVerifier(name: string, publicKey: string, type: KeyType = "note"): NoteVerifier {
  return verifierOf(name, bytesOfBase64Url(publicKey), type);
}

function verifierOf(name: string, publicKey: Uint8Array, type: KeyType): NoteVerifier {
  if (!NAME.test(name)) throw new CodedError("bad_input", `'${name}' cannot name a key: no space and no plus sign.`);
  return { name, type, publicKey, id: keyId(name, publicKey, type) };
}

/** Text of a verifier: what people exchange, and what `kuager verify --key` takes. */
export function verifierText({ name, type, id, publicKey }: NoteVerifier): string {
  return `${name}+${hexOf(id)}+${base64Of(joined(Uint8Array.of(KEY_TYPES[type]), publicKey))}`;
}

/** The verifier of a type that a text names; null when it is none, or its hash is not that of name and key. */
export function readVerifier(text: string, type: KeyType = "note"): NoteVerifier | null {
  const [, name = "", hash = "", key = ""] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  const bytes = bytesOfBase64(key);
  if (!NAME.test(name) || bytes?.length !== 33 || bytes[0] !== KEY_TYPES[type]) return null;
  const verifier = verifierOf(name, bytes.subarray(1), type);
  return hexOf(verifier.id) === hash ? verifier : null;
}

/** Signs a text, which must end with a line feed and hold no other control character, under a name. */
export function signNote(text: string, name: string, privateKeyPem: string): string {
  if (!isNoteText(text)) throw new CodedError("bad_input", "A note is UTF-8 lines, each ended by a line feed.");
  const { id } = verifierOf(name, publicKeyBytes(privateKeyPem), "note");
  return `${text}\n${signatureLine({ name, id, signature: signBytes(privateKeyPem, utf8(text)) })}`;
}

/** A line below a note, with its line feed. */
export function signatureLine({ name, id, signature }: NoteSignature): string {
  return `— ${name} ${base64Of(joined(id, signature))}\n`;
}

/** Reads a signed note without judging its signatures; null when it is not of that form. */
export function readNote(note: string): Note | null {
  if (note.length > NOTE_CHARACTERS || !note.endsWith("\n")) return null;
  const cut = note.lastIndexOf("\n\n");
  if (cut === -1) return null;
  const text = note.slice(0, cut + 1);
  const signatures = readSignatures(note.slice(cut + 2));
  return isNoteText(text) && signatures !== null ? { text, signatures } : null;
}

/** Signatures of lines as they stand below a note, each ended by a line feed; null when one is none. */
export function readSignatures(text: string): NoteSignature[] | null {
  const lines = text.slice(0, -1).split("\n");
  if (!text.endsWith("\n") || lines.length > SIGNATURES_MAX) return null;
  const signatures = lines.flatMap((line): NoteSignature[] => {
    const [, name, data = ""] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = bytesOfBase64(data);
    if (name === undefined || bytes === null || bytes.length < 5) return [];
    return [{ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }];
  });
  return signatures.length === lines.length ? signatures : null;
}

/** Those signatures of a note that claim to be by a key: its name and id are theirs. */
export function signaturesBy({ signatures }: Note, { name, id }: NoteVerifier): NoteSignature[] {
  return signatures.filter((one) => one.name === name && sameBytes(one.id, id));
}

/** The text of a note that this verifier's key signed; null when it did not, or the note is none. Never throws. */
export function openNote(note: string, verifier: NoteVerifier): string | null {
  const read = readNote(note);
  const own = read === null || verifier.type !== "note" ? [] : signaturesBy(read, verifier);
  if (read === null || own.length === 0) return null;
  const message = utf8(read.text);
  return own.every(({ signature }) => verifyBytes(verifier.publicKey, message, signature)) ? read.text : null;
}

/** First four bytes of SHA-256 over name, line feed, type and key. */
function keyId(name: string, publicKey: Uint8Array, type: KeyType): Uint8Array {
  return sha256(joined(utf8(`${name}\n`), Uint8Array.of(KEY_TYPES[type]), publicKey)).subarray(0, 4);
}

function isNoteText(text: string): boolean {
  return text.endsWith("\n") && text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text);
}
