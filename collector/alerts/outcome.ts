import { CodedError } from "../../protocol/coded-error.ts";
import type { Answer, Outward, Question } from "../outward.ts";
import type { Message } from "./message.ts";

/** How a try to deliver ended. `problem` names neither an address nor a key: it ends on pages and in logs. */
export type Outcome =
  | { readonly ok: true }
  /** `lasting`: trying again cannot help. */
  | { readonly ok: false; readonly lasting: boolean; readonly problem: string };

/** One message to one receiver; `key` is the same at every try. */
export type Delivery = { readonly key: string; readonly message: Message };

/** What is missing is told again and again until it is set: an alert is worth waiting for. */
export function notSetUp(what: string): Outcome {
  return { ok: false, lasting: false, problem: `this collector is not set up for it: ${what}` };
}

const DEADLINE_MS = 15_000;
const ANSWER_BYTES = 64 * 1024;
/** Answers that ask to be tried later: timeout, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/** Sends JSON and judges the answer by its status alone. Never throws for what the network or the receiver did. */
export async function postJson(
  outward: Outward,
  question: Pick<Question, "url" | "method" | "headers"> & { readonly body: unknown; readonly deadlineMs?: number },
): Promise<Outcome> {
  const { body, headers = {}, method = "POST", url, deadlineMs = DEADLINE_MS } = question;
  try {
    return judged(
      await outward.ask({
        ...{ url, method, deadlineMs, bytesMax: ANSWER_BYTES },
        headers: { "content-type": "application/json", "user-agent": "kuager", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
  } catch (error) {
    if (error instanceof CodedError && error.code === "unreachable")
      return { ok: false, lasting: false, problem: error.message };
    throw error;
  }
}

function judged({ status }: Answer): Outcome {
  if (status >= 200 && status < 300) return { ok: true };
  const problem =
    status >= 300 && status < 400 ? `status ${status}: redirects are not followed` : `the answer has status ${status}`;
  return { ok: false, lasting: status < 500 && !PASSING.has(status), problem };
}
