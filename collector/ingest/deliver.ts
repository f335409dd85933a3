import { CodedError } from "../../protocol/coded-error.ts";
import type { Batch } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import { acceptBatch } from "./accept.ts";
import { successorOf } from "./continue.ts";
import type { Intake } from "./intake.ts";
import { knownProbe } from "./known-probe.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { takeLate } from "./take-late.ts";
import { unpackBatch } from "./unpack.ts";

/** Committed: everything up to and including `seq` is on disk. */
export type Delivered = { readonly ok: true; readonly probe: string; readonly seq: number };

const DISK_RETRY_S = 60;
const BUSY_RETRY_S = 5;

/**
 * Takes one delivery by either route: unpacks, judges, commits, and only then hands it to the analysis. `speaker` is
 * the probe that a WebSocket greeted; null over HTTPS, where the batch's own signature speaks. Never throws for what
 * the probe or the disk did.
 */
export async function deliver(intake: Intake, bytes: Buffer, speaker: string | null): Promise<Delivered | Refusal> {
  const delivered = await tryToDeliver(intake, bytes, speaker);
  // Of a probe that speaks over a WebSocket the end of the conversation is counted.
  if (!delivered.ok && speaker === null) intake.meter.refused(delivered.code);
  return delivered;
}

async function tryToDeliver(intake: Intake, bytes: Buffer, speaker: string | null): Promise<Delivered | Refusal> {
  const unpacked = unpackBatch(bytes);
  if (!unpacked.ok) return unpacked;
  const { batch } = unpacked;
  if (speaker !== null && batch.probe !== speaker)
    return refusal("bad_message", "The batch belongs to another probe than the one that said hello.");
  try {
    return await intake.turns.run((at) => take(intake, batch, { at, packedBytes: bytes.length }));
  } catch (error) {
    return cannotStore(intake, error);
  }
}

async function take(intake: Intake, batch: Batch, now: { at: EpochMs; packedBytes: number }) {
  const known = await knownProbe(intake.store, batch.probe);
  if (!known.ok) return known.code === "left" ? takeSaved(intake, batch, { ...now, refused: known }) : known;
  const { id, head, publicKey } = known.probe;
  const waitS = Math.max(intake.limits.take("batches", id), intake.limits.take("bytes", id, now.packedBytes));
  if (waitS > 0) return refusal("too_fast", `Too much at once. Wait ${waitS} seconds.`, waitS);
  const hashAt = (seq: number) => intake.store.entries.hashAt(id, seq);
  const accepted = await acceptBatch(batch, { publicKey, head, hashAt });
  if (!accepted.ok) return accepted;
  intake.presence.beat(id);
  const { rows, entries, signature } = accepted;
  const last = rows.at(-1);
  if (last === undefined) return { ok: true as const, probe: id, seq: head.seq };
  if (!(await intake.store.entries.append({ probe: id, received: now.at, after: head, rows, signature })))
    return refusal("cannot_store", "Another process stored entries of this probe just now.", BUSY_RETRY_S);
  intake.meter.accepted(rows.length, now.at - Math.min(...rows.map((row) => row.at)));
  await intake.feed(
    entries.map((entry) => ({ type: "entry", at: now.at, entry })),
    now.at,
  );
  return { ok: true as const, probe: id, seq: last.seq };
}

/** What was saved of the journal of a key that another continues; `refused` where no other does. */
async function takeSaved(intake: Intake, batch: Batch, now: { at: EpochMs; packedBytes: number; refused: Refusal }) {
  const { store, limits } = intake;
  const probe = await store.probes.byId(batch.probe);
  if (probe === null || probe.publicKey === null || (await successorOf(store, probe.id)) === null) return now.refused;
  const waitS = Math.max(limits.take("batches", probe.id), limits.take("bytes", probe.id, now.packedBytes));
  if (waitS > 0) return refusal("too_fast", `Too much at once. Wait ${waitS} seconds.`, waitS);
  const taken = await takeLate(store, { id: probe.id, publicKey: probe.publicKey }, batch, now.at);
  if (!taken.ok) return taken;
  await intake.feed(
    taken.entries.map((entry) => ({ type: "entry", at: now.at, entry })),
    now.at,
  );
  const last = JSON.parse(batch.entries.at(-1) ?? "{}") as { seq: number }; // Judged to be an entry.
  return { ok: true as const, probe: probe.id, seq: last.seq };
}

function cannotStore({ log }: Intake, error: unknown): Refusal {
  if (error instanceof CodedError && error.code === "try_later")
    return refusal("too_fast", error.message, BUSY_RETRY_S);
  // Entries of an archive, imported before, say something else.
  if (error instanceof CodedError && error.code === "bad_input") return refusal("fork", error.message);
  log.error({ err: error }, "a delivery could not be stored");
  return refusal(
    "cannot_store",
    "The collector cannot store anything now (its disk may be full). Nothing stored before is lost; keep the entries and try later.",
    DISK_RETRY_S,
  );
}
