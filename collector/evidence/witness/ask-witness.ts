import { addCheckpointText } from "../../../protocol/add-checkpoint.ts";
import { sameBytes, strictTextOf } from "../../../protocol/bytes.ts";
import { cosignedBy } from "../../../protocol/cosignature.ts";
import { type NoteVerifier, readSignatures, signatureLine, verifierText } from "../../../protocol/note.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Answer, Ask } from "../../outward.ts";
import type { Store, StoredCheckpoint } from "../../store/store.ts";

const DEADLINE_MS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** What came of asking. `ahead`: the witness has seen a larger head of this log than there is, as after a restored copy. */
export type Asked = "cosigned" | "known" | "ahead" | "refused";

export type AskParts = { readonly store: Pick<Store, "log">; readonly ask: Ask; readonly now: () => EpochMs };

/**
 * Asks a witness to cosign a head (C2SP tlog-witness as a client), and keeps its line. Where it has seen another size than
 * was thought it says so, and is asked once more from there. Error: `unreachable`.
 */
export async function askWitness(
  parts: AskParts,
  witness: { key: NoteVerifier; url: string },
  head: StoredCheckpoint,
): Promise<Asked> {
  const { store, now } = parts;
  const name = verifierText(witness.key);
  if ((await store.log.cosignatures(head.size)).some((one) => one.witness === name)) return "known";
  let old = Math.min(await store.log.cosignedSize(name), head.size);
  let answer = await sent(parts, witness.url, head, old);
  if (answer.status === 409) {
    const size = sizeIn(answer);
    if (size === null) return "refused";
    if (size > head.size) return "ahead";
    old = size;
    answer = await sent(parts, witness.url, head, old);
  }
  const line = answer.status === 200 ? lineOf(answer, witness.key, head.note) : null;
  if (line === null) return "refused";
  await store.log.addCosignature({ size: head.size, witness: name, made: now(), line });
  return "cosigned";
}

async function sent(
  { store, ask }: AskParts,
  url: string,
  { size, note }: StoredCheckpoint,
  old: number,
): Promise<Answer> {
  const path = old > 0 && old < size ? await store.log.consistency(old, size) : [];
  return ask({
    method: "POST",
    url: `${url.replace(/\/$/, "")}/add-checkpoint`,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: addCheckpointText({ old, path, checkpoint: note }),
    ...{ deadlineMs: DEADLINE_MS, bytesMax: ANSWER_BYTES_MAX },
  });
}

function sizeIn({ bytes }: Answer): number | null {
  const text = strictTextOf(bytes)?.trim() ?? "";
  return /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}

/** The witness's own line of an answer, if it holds for this head; lines of others are not taken. */
function lineOf({ bytes }: Answer, key: NoteVerifier, note: string): string | null {
  const lines = readSignatures(strictTextOf(bytes) ?? "") ?? [];
  const own = lines.filter(({ name, id }) => name === key.name && sameBytes(id, key.id)).map(signatureLine);
  return own.find((line) => cosignedBy(note + line, key).state === "holds") ?? null;
}
