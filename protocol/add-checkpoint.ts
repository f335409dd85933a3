import { base64Of, bytesOfBase64 } from "./bytes.ts";
import { type Hash, isHash } from "./merkle.ts";

/** What a log sends a witness (C2SP tlog-witness add-checkpoint): the head, and that it goes on from `old` leaves. */
export type AddCheckpoint = { readonly old: number; readonly path: readonly Hash[]; readonly checkpoint: string };

/** More hashes no proof has. */
export const PROOF_LINES_MAX = 63;
/** A request of that many lines and a head with several signatures is far smaller. */
export const REQUEST_BYTES_MAX = 64 * 1024;

/** The body of a request. */
export function addCheckpointText({ old, path, checkpoint }: AddCheckpoint): string {
  return [`old ${old}`, ...path.map(base64Of), "", checkpoint].join("\n");
}

/** The request in a body; null when it is none. */
export function readAddCheckpoint(body: string): AddCheckpoint | null {
  const cut = body.indexOf("\n\n");
  if (body.length > REQUEST_BYTES_MAX || cut === -1) return null;
  const [first = "", ...lines] = body.slice(0, cut).split("\n");
  const [, digits] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  const old = Number(digits);
  const path = lines.map((line) => bytesOfBase64(line) ?? new Uint8Array());
  if (digits === undefined || !Number.isSafeInteger(old) || path.length > PROOF_LINES_MAX || !path.every(isHash))
    return null;
  return { old, path, checkpoint: body.slice(cut + 2) };
}
