import { verifyText } from "../../protocol/signature.ts";
import { type LeaveRequest, type LeaveResponse, leaveMessage } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import { utc } from "../time.ts";
import type { Intake } from "./intake.ts";
import { probeInfo } from "./join.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** How far the probe's idea of the collector's clock may be off. */
const SKEW_MS = 10 * 60_000;

/**
 * Marks a probe as gone because its key says so: it is no longer counted as known, and nothing more is taken from it
 * until it joins again. A repeated request (the answer was lost on the way) gets the same answer. A request made before
 * the probe joined, or said before, is refused, so that nobody who kept one can use it against a probe that came back.
 * Refusals: `unknown_probe`, `bad_signature`, `too_fast`, `wrong_time`. Throws what the store throws.
 */
export async function leaveProbe(
  intake: Intake,
  request: LeaveRequest,
): Promise<{ ok: true; left: LeaveResponse } | Refusal> {
  return intake.turns.run((at) => take(intake, request, at));
}

async function take({ store, limits, feed }: Intake, request: LeaveRequest, at: EpochMs) {
  const probe = await store.probes.byId(request.probe);
  if (probe === null || probe.publicKey === null)
    return refusal("unknown_probe", "This collector does not know this probe; there is nothing to leave.");
  if (!verifyText(probe.publicKey, "leave", leaveMessage(request), request.signature))
    return refusal("bad_signature", "The request is not signed with this probe's key.");
  const waitS = limits.take("frames", probe.id);
  if (waitS > 0) return refusal("too_fast", `Too many requests. Wait ${waitS} seconds.`, waitS);
  if (probe.left !== null) return { ok: true as const, left: { probe: probe.id, leftAt: utc(probe.left) } };
  const said = Date.parse(request.at);
  if (Math.abs(said - at) > SKEW_MS)
    return refusal(
      "wrong_time",
      `The request is of ${request.at}; it is ${utc(at)} here. Say it again with this time.`,
    );
  if (!(await store.probes.leave(probe.id, said, at)))
    return refusal("wrong_time", "The request was made before this probe joined, or was used before. Make a new one.");
  await feed([{ type: "probe", at, probe: probeInfo({ ...probe, left: at }) }], at);
  return { ok: true as const, left: { probe: probe.id, leftAt: utc(at) } };
}
