import type { ImBody } from "../../protocol/records/im.ts";
import type { HttpStep, WebBody } from "../../protocol/records/web.ts";

/** How one measurement ended, as its volunteer may see it. No verdict: one probe alone cannot tell why. */
export type Outcome =
  | "opened"
  | "refusal"
  | "notice"
  | "stranger"
  | "noName"
  | "noConnection"
  | "noSecure"
  | "noPage"
  | "answers"
  | "silent";

const GONE = 400;

/** Reads how a site opened: a page, an error page, a block notice, or the step at which it ended. Pure. */
export function outcomeOf({ tcp, tls, http }: Pick<WebBody, "tcp" | "tls" | "http">): Outcome {
  const pages = http.filter(({ purpose }) => purpose === undefined);
  if (pages.some(({ blockPage }) => blockPage !== undefined)) return "notice";
  const hands = tls.filter(({ purpose }) => purpose === "target");
  const held = new Set(hands.filter(({ trusted }) => trusted === true).map(({ id }) => id));
  const came = pages.filter(({ failure, status }) => failure === null && status !== null && !isHop(status));
  const genuine = came.filter((page) => page.tls === null || held.has(page.tls));
  if (genuine.length > 0) return genuine.some(isOpen) ? "opened" : "refusal";
  if (hands.some(({ trusted }) => trusted === false)) return "stranger";
  if (pages.length > 0) return "noPage";
  if (hands.length > 0) return "noSecure";
  return tcp.some(({ purpose }) => purpose === undefined) ? "noConnection" : "noName";
}

/** Whether anything of a messenger can be reached. Pure. */
export function messengerOutcome({ tcp }: Pick<ImBody, "tcp">): Outcome {
  return tcp.some(({ failure }) => failure === null) ? "answers" : "silent";
}

function isOpen({ status }: HttpStep): boolean {
  return status !== null && status < GONE;
}

function isHop(status: number): boolean {
  return status >= 300 && status < 400;
}
