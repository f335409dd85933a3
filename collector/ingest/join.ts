import type { ProbeInfo } from "../../protocol/archive.ts";
import { probeIdOf, verifyText } from "../../protocol/signature.ts";
import type { JoinRequest, JoinResponse } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Invite, StoredProbe } from "../store/store.ts";
import { utc } from "../time.ts";
import type { Intake } from "./intake.ts";
import { hashCode, sameHash } from "./invite-code.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** Why a join is not taken: a refusal of the uplink, or the code's own trouble. */
export type JoinRefusal =
  | Refusal
  | { readonly ok: false; readonly code: "unknown_code" | "used_code" | "expired_code"; readonly says: string };

/**
 * Enrols the key of a request under a one-time code. The same key may repeat the same code (its answer may have been
 * lost on the way) and gets the same answer. Refusals: `too_fast`, `bad_signature`, `revoked`, `unknown_code`,
 * `used_code`, `expired_code`. Throws what the store throws.
 */
export async function joinProbe(
  intake: Intake,
  request: JoinRequest,
): Promise<{ ok: true; joined: JoinResponse } | JoinRefusal> {
  const waitS = intake.limits.take("joins", "");
  if (waitS > 0) return refusal("too_fast", `Too many people join just now. Wait ${waitS} seconds.`, waitS);
  if (!verifyText(request.publicKey, "join", request.code, request.signature))
    return refusal("bad_signature", "The request is not signed with its key.");
  return intake.turns.run((at) => enrol(intake, request, at));
}

async function enrol(intake: Intake, { code, publicKey, consent }: JoinRequest, at: EpochMs) {
  const { store } = intake;
  const id = probeIdOf(publicKey);
  const before = await store.probes.byId(id);
  if (before?.revoked) return refusal("revoked", "This probe was revoked by the people who run the collector.");
  const invite = findInvite(await store.invites.recent(at), hashCode(intake.salt, code));
  const trouble = codeTrouble(invite, id, at);
  if (invite === null || trouble !== null) return trouble ?? unknownCode;
  if (invite.used === null && !(await store.invites.redeem(invite.hash, { id, publicKey, consent }, at)))
    return usedCode;
  const probe = await store.probes.byId(id);
  if (probe === null) return unknownCode;
  if (invite.used === null) await intake.feed([{ type: "probe", at, probe: probeInfo(probe) }], at);
  const { role, region, asn, access } = probe;
  return { ok: true as const, joined: { probe: id, role, region, asn, access, config: intake.config(id) } };
}

const unknownCode = {
  ok: false,
  code: "unknown_code",
  says: "This code is not known here. Check it letter by letter, or ask for a new one.",
} as const;
const usedCode = { ok: false, code: "used_code", says: "This code was used before. Ask for a new one." } as const;
const expiredCode = { ok: false, code: "expired_code", says: "This code has expired. Ask for a new one." } as const;

/** Compares with every invitation, so that the time taken says nothing about which is close. */
function findInvite(invites: readonly Invite[], hash: string): Invite | null {
  return invites.filter((invite) => sameHash(invite.hash, hash))[0] ?? null;
}

function codeTrouble(invite: Invite | null, id: string, at: EpochMs): JoinRefusal | null {
  if (invite === null) return unknownCode;
  if (invite.used !== null) return invite.probe === id ? null : usedCode;
  return invite.expires <= at ? expiredCode : null;
}

/** What the analysis and an archive know of a probe. */
export function probeInfo(
  { id, role, asn, region, access, joined, left }: StoredProbe,
  predecessors: ReadonlyMap<string, string> = new Map(),
): ProbeInfo {
  const before = predecessors.get(id);
  return {
    ...{ id, role, asn, region, access, from: utc(joined), to: left === null ? null : utc(left) },
    ...(before !== undefined && { continues: before }),
  };
}
