import { hexOf, utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { openCheckpoint } from "../../protocol/checkpoint.ts";
import type { Store, StoredCheckpoint, StoredStamp } from "../store/store.ts";
import type { LogProof } from "./facts.ts";
import { LOG_FILES } from "./log-files-names.ts";
import type { LogIdentity } from "./log-identity.ts";

const NEWEST = 32;
const WITNESSED = 32;

type Log = Pick<Store, "log">;

/** Head, lines of witnesses, proofs and stamps: what shows that the enclosed leaves were in the log, and since when. */
export async function logFiles(
  store: Log,
  { head, places, identity }: { head: StoredCheckpoint; places: readonly number[]; identity: LogIdentity },
): Promise<Map<string, Uint8Array>> {
  const all = places.reduce((most, place) => Math.max(most, place + 1), 0);
  const stamps = await stampsFor(store, head.size, all);
  const files = new Map([[LOG_FILES.checkpoint as string, utf8(head.note)]]);
  const lines = await linesFor(store, head.size);
  if (lines !== "") files.set(LOG_FILES.cosignatures, utf8(lines));
  for (const { kind, note, answer } of stamps) {
    files.set(LOG_FILES.stamped, utf8(note));
    files.set(LOG_FILES[kind], answer);
  }
  const proof: LogProof = {
    format: "kuager-log-proof/1",
    size: head.size,
    leaves: [...places],
    path: (await manyOf(store, places, head.size)).map(hexOf),
    history: await history(store, { size: head.size, all, also: stamps.map(({ size }) => size), identity }),
  };
  return files.set(LOG_FILES.proof, utf8(`${canonicalJson(proof)}\n`));
}

async function manyOf({ log }: Log, places: readonly number[], size: number) {
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  return size === 0 ? [] : log.many(sorted, size);
}

/** Lines of all witnesses below a head. */
async function linesFor({ log }: Log, size: number): Promise<string> {
  return (await log.cosignatures(size)).map(({ line }) => line).join("");
}

/** One answer of each kind for one head: the first that covers all enclosed records, else the latest there is. */
async function stampsFor({ log }: Log, size: number, all: number): Promise<StoredStamp[]> {
  const known = await log.stamps(size, 1000);
  const sizes = [...new Set(known.map((stamp) => stamp.size))].sort((a, b) => a - b);
  const chosen = sizes.find((one) => one >= all) ?? sizes.at(-1);
  const kinds = new Map<string, StoredStamp>();
  for (const stamp of known) if (stamp.size === chosen && !kinds.has(stamp.kind)) kinds.set(stamp.kind, stamp);
  return [...kinds.values()];
}

/**
 * Earlier heads with the proofs that the log went on from them: the newest, those that witnesses or keepers of time saw, and
 * the first of those that has all enclosed records.
 */
async function history(
  { log }: Log,
  { size, all, also, identity }: { size: number; all: number; also: readonly number[]; identity: LogIdentity },
): Promise<LogProof["history"]> {
  const heads = new Map((await log.checkpoints(size, NEWEST)).map((head) => [head.size, head]));
  const seen = [...also, ...(await log.witnessed(size, WITNESSED)), await log.witnessedFrom(all)];
  for (const one of seen) {
    const head = one === null || one < 1 || one >= size || heads.has(one) ? null : await log.checkpoint(one);
    if (head !== null) heads.set(head.size, head);
  }
  // Heads under a name that the log had before are none of this log.
  const own = [...heads.values()].filter(({ note }) => openCheckpoint(note, identity.verifier) !== null);
  own.sort((a, b) => b.size - a.size);
  return Promise.all(
    own.map(async ({ size: from, note }) => ({
      note: note + (await linesFor({ log }, from)),
      path: (await log.consistency(from, size)).map(hexOf),
    })),
  );
}
