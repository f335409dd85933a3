import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { CodedError } from "../../protocol/coded-error.ts";
import { type ProblemParts, sendProblem } from "./problem.ts";
import { html, languageOf } from "./routes/page.ts";
import type { Pages } from "./types.ts";

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  bad_query: 400,
  too_much: 422,
  too_many: 429,
  try_later: 503,
  io: 507,
  cannot_write: 507,
};
const RETRY_S = 60;

/** What is answered when a route throws, and where there is none: problem details, or a page for people. */
export function addErrorAnswers(app: FastifyInstance, pages: Pages, log: Logger): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: error, route: request.routeOptions.url }, "a request failed");
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    if (/^\/(?:api\/|uplink|assets|compat|data\/|openapi\.json)/.test(request.url))
      return sendProblem(reply, { status: 404, code: "not_found", detail: "There is nothing at this address." });
    const language = languageOf(request, undefined);
    return html(reply.code(404), language, pages.notFound(language));
  });
}

function problemOf(error: unknown): ProblemParts {
  if (error instanceof CodedError) {
    const status = STATUS_OF_CODE[error.code] ?? 500;
    // What went wrong inside names paths of this machine; that is for the log.
    const detail = status < 500 ? error.message : "The collector cannot do this now. Try again later.";
    return { status, code: error.code, detail, retryAfterS: status > 500 ? RETRY_S : null };
  }
  const status = clientStatus(error);
  if (status === 413) return { status, code: "too_big", detail: "The message is larger than this collector takes." };
  if (status !== null && error instanceof Error) return { status, code: "bad_message", detail: error.message };
  return { status: 500, code: "fault", detail: "A fault of ours. It was recorded." };
}

/** The status of an error that fastify blames on the client. */
function clientStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
