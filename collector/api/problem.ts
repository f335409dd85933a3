import type { FastifyReply } from "fastify";
import type { Problem } from "../../protocol/wire.ts";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
  507: "Insufficient Storage",
};

export type ProblemParts = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfterS?: number | null;
  /** Further members (RFC 9457 section 3.2). */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Answers with problem details (RFC 9457). */
export function sendProblem(reply: FastifyReply, { status, code, detail, retryAfterS, more }: ProblemParts) {
  if (retryAfterS !== null && retryAfterS !== undefined) reply.header("retry-after", String(retryAfterS));
  const problem: Problem = { type: "about:blank", title: TITLES[status] ?? "Error", status, detail, code };
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify({ ...more, ...problem }));
}
