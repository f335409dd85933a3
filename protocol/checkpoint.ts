import { base64Of, bytesOfBase64 } from "./bytes.ts";
import type { Hash } from "./merkle.ts";
import { type NoteVerifier, openNote, readNote, signNote } from "./note.ts";

/** The head of a log: which log, how many leaves, and their root. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Further lines, which say nothing about the tree (C2SP tlog-checkpoint: extensions). */
  readonly more: readonly string[];
};

/** Signs a checkpoint (C2SP tlog-checkpoint) under the log's origin. `more` lines must not be empty. */
export function signCheckpoint({ origin, size, root, more }: Checkpoint, privateKeyPem: string): string {
  const lines = [origin, String(size), base64Of(root), ...more];
  return signNote(lines.map((line) => `${line}\n`).join(""), origin, privateKeyPem);
}

/** The checkpoint in a note, whoever signed it; null when it is none. */
export function readCheckpoint(note: string): Checkpoint | null {
  const read = readNote(note);
  return read === null ? null : checkpointOf(read.text);
}

/** The checkpoint in a note that the log's key signed; null when it did not or it is another log's. Never throws. */
export function openCheckpoint(note: string, verifier: NoteVerifier): Checkpoint | null {
  const text = openNote(note, verifier);
  const checkpoint = text === null ? null : checkpointOf(text);
  return checkpoint?.origin === verifier.name ? checkpoint : null;
}

function checkpointOf(text: string): Checkpoint | null {
  const [origin = "", count = "", hash = "", ...more] = text.slice(0, -1).split("\n");
  const root = bytesOfBase64(hash);
  const size = Number(count);
  const wellFormed = origin !== "" && /^(?:0|[1-9]\d*)$/.test(count) && Number.isSafeInteger(size);
  if (!wellFormed || root?.length !== 32 || more.includes("")) return null;
  return { origin, size, root, more };
}
