import { utf8 } from "../../../protocol/bytes.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { sha256 } from "../../../protocol/hash.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Answer, Ask } from "../../outward.ts";
import type { Store, StoredCheckpoint, StoredStamp } from "../../store/store.ts";
import { otsFile, readOts } from "./ots.ts";
import { checkStamp, stampRequest } from "./rfc3161.ts";

const DEADLINE_MS = 20_000;
const ANSWER_BYTES_MAX = 64 * 1024;

export type Keeper = { readonly kind: StoredStamp["kind"]; readonly url: string };

/**
 * Asks somebody who keeps time to stamp a head, and keeps the answer as it came once it was seen to be over that head.
 * Errors: `unreachable`; `bad_input` for an answer that is no stamp of the head.
 */
export async function askStamp(
  { store, ask, now }: { store: Pick<Store, "log">; ask: Ask; now: () => EpochMs },
  { kind, url }: Keeper,
  { size, note }: StoredCheckpoint,
): Promise<void> {
  const text = utf8(note);
  const answer =
    kind === "rfc3161" ? await fromAuthority(ask, url, text) : otsFile(text, await fromCalendar(ask, url, text));
  if (kind === "rfc3161") checkStamp(text, answer, null);
  else readOts(text, answer);
  await store.log.addStamp({ size, kind, authority: url, made: now(), note, answer });
}

async function fromAuthority(ask: Ask, url: string, text: Uint8Array): Promise<Uint8Array> {
  const headers = { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" };
  return bodyOf(await ask({ method: "POST", url, headers, body: stampRequest(text), ...LIMITS }));
}

async function fromCalendar(ask: Ask, url: string, text: Uint8Array): Promise<Uint8Array> {
  const headers = { "content-type": "application/octet-stream", accept: "application/vnd.opentimestamps.v1" };
  return bodyOf(
    await ask({ method: "POST", url: `${url.replace(/\/$/, "")}/digest`, headers, body: sha256(text), ...LIMITS }),
  );
}

/**
 * Asks the calendars of a pending proof whether it has reached Bitcoin meanwhile; the finished proof takes the place of the
 * pending one. False while none of them knows more.
 */
export async function finishStamp(
  { store, ask, now }: { store: Pick<Store, "log">; ask: Ask; now: () => EpochMs },
  stamp: StoredStamp,
): Promise<boolean> {
  const text = utf8(stamp.note);
  const anchors = readOts(text, stamp.answer);
  if (anchors.some(({ kind }) => kind === "bitcoin")) return false;
  for (const anchor of anchors) {
    if (anchor.kind !== "pending") continue;
    const url = `${anchor.calendar.replace(/\/$/, "")}/timestamp/${anchor.commitment}`;
    const answer = await ask({ url, headers: { accept: "application/vnd.opentimestamps.v1" }, ...LIMITS });
    if (answer.status !== 200) continue;
    const finished = grafted(stamp.answer, anchor, answer.bytes);
    if (finished === null || !readOts(text, finished).some(({ kind }) => kind === "bitcoin")) continue;
    await store.log.addStamp({ ...stamp, made: now(), answer: finished });
    return true;
  }
  return false;
}

/** The proof with the calendar's answer in place of the promise, which is its last part where there is only one. */
function grafted(file: Uint8Array, { calendar }: { calendar: string }, more: Uint8Array): Uint8Array | null {
  const name = utf8(calendar);
  const promise = [0x00, 0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e, name.length + 1, name.length, ...name];
  const at = file.length - promise.length;
  const isLast = promise.every((byte, place) => file[at + place] === byte);
  return isLast && name.length < 127 ? Uint8Array.from([...file.subarray(0, at), ...more]) : null;
}

const LIMITS = { deadlineMs: DEADLINE_MS, bytesMax: ANSWER_BYTES_MAX };

function bodyOf({ status, bytes }: Answer): Uint8Array {
  if (status !== 200) throw new CodedError("unreachable", `the keeper of time answered ${status}`);
  return bytes;
}
