import { CodedError } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { LeaveResponse, leaveMessage } from "../../protocol/wire.ts";
import { type ProbeClock, utc } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import { addressesOf } from "./addresses.ts";
import { request } from "./request.ts";
import type { Way } from "./way.ts";

export type SayLeaveOptions = {
  collectors: readonly string[];
  identity: Identity;
  clock: ProbeClock;
  way?: Way;
  timeoutMs?: number;
};

/**
 * Tells the collectors, one after another until one confirms, that this probe leaves, so that it is no longer
 * expected. True when one confirmed. Never throws for the network: who leaves without a way out leaves all the same.
 */
export async function sayLeave(options: SayLeaveOptions, signal: AbortSignal): Promise<boolean> {
  for (const collector of options.collectors) if (await leaveAt(collector, options, signal)) return true;
  return false;
}

async function leaveAt(collector: string, options: SayLeaveOptions, signal: AbortSignal): Promise<boolean> {
  const { identity, clock, way = {}, timeoutMs = 5000 } = options;
  const said = { probe: identity.probe, at: utc(clock.wallMs() + clock.offset().offsetMs) };
  const signature = identity.sign("leave", leaveMessage(said));
  const url = addressesOf(collector).leave;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ ...said, signature });
  try {
    const answer = await request({ method: "POST", url, headers, body, way, timeoutMs }, signal);
    return answer.status === 200 && parseJson(LeaveResponse, answer.text).ok;
  } catch (error) {
    if (error instanceof CodedError && error.code === "try_later") return false;
    throw error;
  }
}
