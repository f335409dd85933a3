import { probeIdOf, verifyText } from "../../protocol/signature.ts";
import { type ContinueRequest, continueMessage, type JoinResponse } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store, StoredProbe } from "../store/store.ts";
import type { Intake } from "./intake.ts";
import { probeInfo } from "./join.ts";
import { type Refusal, refusal } from "./refusal.ts";

/**
 * Enrols a new key because an enrolled one names it as its successor: same role, region, network and access, no new
 * invitation. The old key is marked as gone in the same transaction, so that a host never counts as two witnesses. May be
 * repeated (the answer was lost on the way). Refusals: `too_fast`, `unknown_probe`, `revoked`, `left` (gone of its own
 * accord, or continued by another key), `bad_signature`. Throws what the store throws.
 */
export async function continueProbe(
  intake: Intake,
  request: ContinueRequest,
): Promise<{ ok: true; joined: JoinResponse } | Refusal> {
  const waitS = intake.limits.take("joins", "");
  if (waitS > 0) return refusal("too_fast", `Too many keys come just now. Wait ${waitS} seconds.`, waitS);
  return intake.turns.run((at) => take(intake, request, at));
}

async function take(intake: Intake, request: ContinueRequest, at: EpochMs) {
  const enrolled = await enrolSuccessor(intake.store, request, at);
  if (!enrolled.ok) return enrolled;
  const { old, probe, isNew } = enrolled;
  const before = new Map([[probe.id, old.id]]);
  const items = [old, probe].map((one) => ({ type: "probe" as const, at, probe: probeInfo(one, before) }));
  if (isNew) await intake.feed(items, at);
  const { role, region, asn, access } = probe;
  return { ok: true as const, joined: { probe: probe.id, role, region, asn, access, config: intake.config(probe.id) } };
}

/** Judges a request to continue and stores the new key; `isNew` is false where that was done before. */
export async function enrolSuccessor(
  store: Store,
  request: ContinueRequest,
  at: EpochMs,
): Promise<{ ok: true; old: StoredProbe; probe: StoredProbe; isNew: boolean } | Refusal> {
  const { probe: id, publicKey } = request;
  const next = { id: probeIdOf(publicKey), publicKey };
  const before = await store.probes.byId(id);
  const fault = faultOf(before, request);
  if (before === null || fault !== null) return fault ?? unknown;
  const successor = await successorOf(store, id);
  if (successor !== null ? successor !== next.id : before.left !== null)
    return refusal("left", "This probe has left, or goes on under another key. To come back, join with a new code.");
  const known = await store.probes.byId(next.id);
  if (known?.revoked) return refusal("revoked", "This probe was revoked by the people who run the collector.");
  if (known !== null && successor === null)
    return refusal("bad_message", "The new key is known here already. A successor needs a key of its own.");
  await noteSuccession(store, id, next.id);
  await store.probes.succeed(id, next, at);
  const [old, probe] = [await store.probes.byId(id), await store.probes.byId(next.id)];
  return old === null || probe === null ? unknown : { ok: true, old, probe, isNew: known === null };
}

/** The key that goes on for a probe, by its id; null when none does. */
export function successorOf(store: Pick<Store, "state">, probe: string): Promise<string | null> {
  return store.state.get(noteOf(probe));
}

/** Keeps which key goes on for another; the first word stands. */
export async function noteSuccession({ state }: Pick<Store, "state">, probe: string, next: string): Promise<void> {
  await state.once(noteOf(probe), () => next);
}

/** The key that each key of the store goes on for, where it does. */
export async function predecessorsOf({ state, probes }: Pick<Store, "state" | "probes">): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { id, left } of await probes.all()) {
    // Who names a successor is marked as gone with it.
    const next = left === null ? null : await successorOf({ state }, id);
    if (next !== null) found.set(next, id);
  }
  return found;
}

const noteOf = (probe: string) => `continued-by ${probe}`;

const unknown = refusal("unknown_probe", "This collector does not know the probe that would be continued.");

function faultOf(before: StoredProbe | null, { signature, proof, ...said }: ContinueRequest): Refusal | null {
  if (before === null || before.publicKey === null) return unknown;
  const message = continueMessage(said);
  if (!verifyText(before.publicKey, "continue", message, signature))
    return refusal("bad_signature", "The old key does not name the new one.");
  if (!verifyText(said.publicKey, "continue", message, proof))
    return refusal("bad_signature", "The request is not signed with the new key.");
  if (before.revoked) return refusal("revoked", "This probe was revoked by the people who run the collector.");
  return null;
}
