import type { FastifyReply } from "fastify";
import type { Problem } from "../../protocol/wire.ts";
import { chooseLanguage } from "./language.ts";
import { PROBLEMS, TITLES } from "./problem-words.ts";

export type ProblemParts = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterS?: number | null;
  /** Further members (RFC 9457 section 3.2). */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Answers with problem details (RFC 9457). The title is in the reader's language; the type has a page of ours. */
export function sendProblem(reply: FastifyReply, { status, code, detail, retryAfterS, more }: ProblemParts) {
  if (retryAfterS !== null && retryAfterS !== undefined) reply.header("retry-after", String(retryAfterS));
  const language = chooseLanguage(undefined, reply.request.headers["accept-language"]);
  const problem: Problem = {
    type: code in PROBLEMS ? `/api#problem-${code}` : "about:blank",
    title: TITLES[status]?.[language] ?? "Error",
    status,
    detail,
    code,
  };
  return reply
    .code(status)
    .type("application/problem+json")
    .header("content-language", language)
    .header("cache-control", "no-store")
    .send(JSON.stringify({ ...more, ...problem }));
}
