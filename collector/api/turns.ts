import { setImmediate as breathe } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import pLimit from "p-limit";
import { sendProblem } from "./problem.ts";

/** Questions that may wait; what comes beyond is told to come again. */
const WAITING_MOST = 200;
const RETRY_S = 5;
/**
 * Rounds of the event loop between two answers: what came in meanwhile (a new connection, its request, its records) is
 * dealt with first.
 */
const ROUNDS = 3;
/** What costs nothing, lasts long, is a file, or asks others of these itself. */
const FREE = /^\/(?:healthz|uplink|assets|bundles|data|chart|card|api\/v1\/live|(?:(?:kk|ru|en)\/)?api$)/;

/**
 * Makes readers' questions be answered one after the other, and lets deliveries of probes go first: reading is done in
 * this thread, so that ten readers at once would else keep a probe waiting for all ten. A question whose asker has gone
 * is dropped.
 */
export function takeTurns(app: FastifyInstance): void {
  const turns = pLimit(1);
  const releases = new WeakMap<object, () => void>();
  app.addHook("preHandler", async (request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    if (FREE.test(path) || (request.method !== "GET" && request.method !== "HEAD")) return undefined;
    if (turns.pendingCount >= WAITING_MOST)
      return sendProblem(reply, {
        ...{ status: 503, code: "too_busy", retryAfterS: RETRY_S },
        detail: "Too many questions wait to be answered. Ask again in a moment.",
      });
    const release = await turnIn(turns);
    releases.set(reply, release);
    // Also where nothing is sent, since the asker has gone.
    reply.raw.once("close", release);
    if (!reply.raw.destroyed) return undefined;
    release();
    return reply.hijack();
  });
  app.addHook("onSend", async (_request, reply) => releases.get(reply)?.());
}

/** Waits for a turn; the next begins when what is given is called. */
function turnIn(turns: ReturnType<typeof pLimit>): Promise<() => void> {
  return new Promise((begin) => {
    void turns(async () => {
      for (let round = 0; round < ROUNDS; round++) await breathe();
      await new Promise<void>((end) => begin(end));
    });
  });
}
