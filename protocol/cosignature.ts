import { joined, utf8 } from "./bytes.ts";
import { signBytes, verifyBytes } from "./ed25519.ts";
import { type NoteVerifier, noteVerifier, readNote, readVerifier, signatureLine, signaturesBy } from "./note.ts";
import { publicKeyOf } from "./signature.ts";

/** A witness's key as a verifier (C2SP tlog-cosignature v1, Ed25519); null when the text names none. */
export function readWitnessKey(text: string): NoteVerifier | null {
  return readVerifier(text, "cosignature");
}

/** The verifier of a witness's private key. */
export function witnessVerifier(name: string, privateKeyPem: string): NoteVerifier {
  return noteVerifier(name, publicKeyOf(privateKeyPem), "cosignature");
}

/**
 * A witness's line for the text of a checkpoint: that at this second (since 1970) this was the largest head which it had
 * seen of the log, and that it went on from those before. Whether that is so is the caller's to check.
 */
export function cosign(text: string, name: string, privateKeyPem: string, timeS: number): string {
  const { id } = witnessVerifier(name, privateKeyPem);
  const signature = signBytes(privateKeyPem, signedMessage(text, timeS));
  return signatureLine({ name, id, signature: joined(timeBytes(timeS), signature) });
}

/** What a note says of one witness: no line by it, one that does not hold, or the time of its latest line. */
export type Cosigned = { readonly state: "none" | "wrong" } | { readonly state: "holds"; readonly timeS: number };

/** Looks for a witness's cosignature below a checkpoint. Never throws. */
export function cosignedBy(note: string, witness: NoteVerifier): Cosigned {
  const read = readNote(note);
  const lines = read === null ? [] : signaturesBy(read, witness);
  if (read === null || lines.length === 0) return { state: "none" };
  const times = lines.map(({ signature }) => {
    const timeS = timeOf(signature);
    const holds =
      timeS !== null && verifyBytes(witness.publicKey, signedMessage(read.text, timeS), signature.subarray(8));
    return holds ? timeS : null;
  });
  if (times.some((timeS) => timeS === null)) return { state: "wrong" };
  return { state: "holds", timeS: Math.max(...times.filter((timeS) => timeS !== null)) };
}

/** Names of all who put a line of a witness's form below a note, known or not. */
export function cosignerNames(note: string): string[] {
  const lines = readNote(note)?.signatures.filter(({ signature }) => signature.length === COSIGNATURE_BYTES) ?? [];
  return [...new Set(lines.map(({ name }) => name))];
}

/** Eight bytes of time and 64 of Ed25519. */
const COSIGNATURE_BYTES = 72;

function signedMessage(text: string, timeS: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timeS}\n${text}`);
}

function timeBytes(timeS: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timeS));
  return bytes;
}

/** Seconds since 1970; null for a signature of another length, and for times beyond what numbers hold. */
function timeOf(signature: Uint8Array): number | null {
  if (signature.length !== COSIGNATURE_BYTES) return null;
  const timeS = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(timeS) ? timeS : null;
}
