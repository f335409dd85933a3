import { CodedError } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { type JoinRequest, JoinResponse, Problem } from "../../protocol/wire.ts";
import type { Identity } from "../identity/identity.ts";
import { addressesOf } from "./addresses.ts";
import { request } from "./request.ts";
import type { Way } from "./way.ts";

export type JoinOptions = {
  collectors: readonly string[];
  code: string;
  identity: Identity;
  /** Version of the consent text: all that the collector learns of it. */
  consent: string;
  way?: Way;
};

/**
 * Asks the collector's addresses in turn to take this probe. Throws `bad_input` when the collector refuses the code,
 * `try_later` when none of them answers.
 */
export async function requestJoin(options: JoinOptions, signal: AbortSignal): Promise<JoinResponse> {
  const { identity, code, consent } = options;
  const body: JoinRequest = {
    code,
    publicKey: identity.publicKey,
    signature: identity.sign("join", code),
    consent,
  };
  let last: unknown = new CodedError("try_later", "No address of a collector is known.");
  for (const collector of options.collectors) {
    try {
      return await ask(addressesOf(collector).join, JSON.stringify(body), options.way, signal);
    } catch (error) {
      last = error;
      if (!(error instanceof CodedError && error.code === "try_later")) throw error;
    }
  }
  throw last;
}

async function ask(url: string, body: string, way: Way | undefined, signal: AbortSignal) {
  const headers = { "content-type": "application/json" };
  const answer = await request({ method: "POST", url, headers, body, ...(way && { way }) }, signal).catch(withAdvice);
  if (answer.status >= 200 && answer.status < 300) {
    const joined = parseJson(JoinResponse, answer.text);
    if (joined.ok) return joined.value;
    throw new CodedError("try_later", `${new URL(url).origin} does not answer like a collector. Check the address.`);
  }
  const problem = parseJson(Problem, answer.text);
  const says = problem.ok ? (problem.value.detail ?? problem.value.title) : `status ${answer.status}`;
  const isTemporary = answer.status === 429 || answer.status >= 500;
  throw new CodedError(isTemporary ? "try_later" : "bad_input", `The collector did not take this probe: ${says}`);
}

/** A code is used up by joining only, and one whose answer was lost is taken again with the same key. */
function withAdvice(error: unknown): never {
  if (!(error instanceof CodedError) || error.code !== "try_later") throw error;
  const advice = "Check the address, or try again later with the same code: it is not used up.";
  throw new CodedError("try_later", `${error.message} ${advice}`, { cause: error });
}
