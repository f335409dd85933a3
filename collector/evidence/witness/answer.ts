import { type AddCheckpoint, readAddCheckpoint } from "../../../protocol/add-checkpoint.ts";
import { type Checkpoint, openCheckpoint, readCheckpoint } from "../../../protocol/checkpoint.ts";
import { cosign } from "../../../protocol/cosignature.ts";
import { type Hash, sameHash, treeRoot, verifyConsistency } from "../../../protocol/merkle.ts";
import { type NoteVerifier, readNote } from "../../../protocol/note.ts";

/** What a witness knows of a log: the largest head it has cosigned, and its root. */
export type Seen = { readonly size: number; readonly root: Hash };

export type WitnessKey = { readonly name: string; readonly privateKeyPem: string };

/** An answer of C2SP tlog-witness: a status, and what is to be sent. `seen` is what must be on disk before it is sent. */
export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: "text/plain; charset=utf-8" | "text/x.tlog.size";
  readonly body: string;
  readonly seen?: Seen & { readonly origin: string; readonly note: string };
};

/** The log that a request is about; an answer where it is none of those that are watched. */
export function readRequest(
  body: string,
  logs: readonly NoteVerifier[],
): { request: AddCheckpoint; head: Checkpoint } | WitnessAnswer {
  const request = readAddCheckpoint(body);
  const told = request === null ? null : readCheckpoint(request.checkpoint);
  if (request === null || told === null) return refused(400, "expected an old size, a proof, and a checkpoint");
  const own = logs.filter(({ name }) => name === told.origin);
  if (own.length === 0) return refused(404, "this log is not watched here");
  const opened = own.map((key) => openCheckpoint(request.checkpoint, key)).find((head) => head !== null);
  return opened == null ? refused(403, "no key of this log signed it") : { request, head: opened };
}

/**
 * Judges a head against the last one seen of its log (C2SP tlog-witness, add-checkpoint), and cosigns it where it goes on
 * from that. Pure: the caller reads what was seen and stores what is new in one transaction, before it answers.
 */
export function answerRequest(
  { request, head }: { request: AddCheckpoint; head: Checkpoint },
  { seen, key, timeS }: { seen: Seen | null; key: WitnessKey; timeS: number },
): WitnessAnswer {
  const { old, path, checkpoint } = request;
  if (old > head.size) return refused(400, "the old size is larger than the new one");
  const latest = seen?.size ?? 0;
  if (old !== latest) return { status: 409, type: "text/x.tlog.size", body: `${latest}\n` };
  const problem = problemOf({ old, path, head, seen });
  if (problem !== null) return refused(422, problem);
  const text = readNote(checkpoint)?.text ?? "";
  const line = cosign(text, key.name, key.privateKeyPem, timeS);
  const signed = `${checkpoint.slice(0, text.length + 1)}${ownLines(checkpoint, head.origin)}`;
  return {
    status: 200,
    type: "text/plain; charset=utf-8",
    body: line,
    seen: { origin: head.origin, size: head.size, root: head.root, note: signed + line },
  };
}

type Step = {
  readonly old: number;
  readonly path: readonly Hash[];
  readonly head: Checkpoint;
  readonly seen: Seen | null;
};

function problemOf({ old, path, head, seen }: Step): string | null {
  if (
    head.size === 0 &&
    !sameHash(
      head.root,
      treeRoot(0, () => new Uint8Array()),
    )
  )
    return "an empty log has another root";
  if (old === 0 || seen === null) return path.length === 0 ? null : "from nothing no proof is needed";
  if (old === head.size && !sameHash(head.root, seen.root))
    return "another head of this size was seen: the log has forked";
  const proof = { from: old, to: head.size, fromRoot: seen.root, toRoot: head.root, path };
  return verifyConsistency(proof) ? null : "the log does not go on from the head that was seen";
}

/** Lines of the log itself: what others wrote below is not vouched for. */
function ownLines(checkpoint: string, origin: string): string {
  const lines = checkpoint.slice(checkpoint.lastIndexOf("\n\n") + 2).split("\n");
  return lines
    .filter((line) => line.startsWith(`— ${origin} `))
    .map((line) => `${line}\n`)
    .join("");
}

function refused(status: 400 | 403 | 404 | 422, why: string): WitnessAnswer {
  return { status, type: "text/plain; charset=utf-8", body: `${why}\n` };
}
