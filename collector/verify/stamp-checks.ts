import { textOf as decoded } from "../../protocol/bytes.ts";
import { openCheckpoint } from "../../protocol/checkpoint.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import type { Files } from "../evidence/files.ts";
import { LOG_FILES } from "../evidence/log-files-names.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

/** How stamps are read: by libraries that not every place has. Both throw CodedErrors, in words, for what is wrong. */
export type StampReaders = {
  readonly rfc3161: (text: Uint8Array, answer: Uint8Array) => { time: string; signer: string; trusted: boolean | null };
  readonly ots: (text: Uint8Array, file: Uint8Array) => readonly OtsAnchor[];
};

type OtsAnchor =
  | { readonly kind: "pending"; readonly calendar: string }
  | { readonly kind: "bitcoin"; readonly height: number; readonly merkleRoot: string }
  | { readonly kind: "unknown" };

export type StampParts = {
  readonly key: NoteVerifier;
  /** Heads that are known to be this log's: this one and its beginnings. */
  readonly heads: readonly string[];
  readonly places: readonly number[];
  readonly readers: StampReaders | null;
};

/** Whether keepers of time stamped a head of this log, when, and how many of the enclosed records were in it by then. */
export function stampChecks(files: Files, parts: StampParts): Finding[] {
  const text = files.get(LOG_FILES.stamped);
  const head = text === undefined ? null : openCheckpoint(decoded(text), parts.key);
  const isOurs = text !== undefined && parts.heads.includes(decoded(text));
  const inIt = `${parts.places.filter((place) => place < (head?.size ?? 0)).length} / ${parts.places.length}`;
  return [
    one("stamp", files.get(LOG_FILES.rfc3161), (answer, bytes, { rfc3161 }) => {
      const { time, signer, trusted } = rfc3161(bytes, answer);
      if (trusted === null) return unjudged("stamp", time, signer, inIt);
      return holdsUnless("stamp", trusted ? [] : [signer], [time, signer, inIt]);
    }),
    one("calendar", files.get(LOG_FILES.ots), (answer, bytes, { ots }) =>
      unjudged("calendar", ...ots(bytes, answer).map(anchorText), inIt),
    ),
  ];

  function one(
    check: "stamp" | "calendar",
    answer: Uint8Array | undefined,
    read: (answer: Uint8Array, text: Uint8Array, readers: StampReaders) => Finding,
  ): Finding {
    if (answer === undefined) return unjudged(check);
    if (text === undefined || head === null || !isOurs) return holdsUnless(check, [LOG_FILES.stamped]);
    if (parts.readers === null) return unjudged(check, LOG_FILES[check === "stamp" ? "rfc3161" : "ots"]);
    try {
      return read(answer, text, parts.readers);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      return holdsUnless(check, [error.message]);
    }
  }
}

function anchorText(anchor: OtsAnchor): string {
  if (anchor.kind === "bitcoin") return `Bitcoin ${anchor.height}: ${anchor.merkleRoot}`;
  return anchor.kind === "pending" ? anchor.calendar : "?";
}
