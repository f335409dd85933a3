import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { z } from "zod";
import { Incident } from "../../../protocol/incident.ts";
import type { IncidentChange } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { createLiveHub, type HubParts } from "../live-hub.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";

/** Bytes that may wait for one reader; who takes in more slowly is let go. */
const WAITING_MAX = 256 * 1024;
const RETRY_MS = 5000;

const Query = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, "expected the id of a change")
    .transform(Number)
    .optional()
    .describe("id of the last change seen; the header Last-Event-ID says the same"),
});

/** What stands behind `data:` of one change. */
export const LiveChange = z.strictObject({
  at: z.string().describe("when it became known"),
  what: z.enum(["opened", "changed", "closed", "withdrawn"]),
  incident: Incident,
});

export type LiveOptions = Pick<HubParts, "listenersMax" | "lookMs" | "beatMs">;

/**
 * `GET /api/v1/live`: changes of incidents as server-sent events (`opened`, `changed`, `closed`, `withdrawn`), each with
 * an id by which a reader that was away goes on. Never packed, and a comment every twenty seconds keeps lines open.
 */
export function addLive(app: FastifyInstance, { store }: Reader, log: Logger, options: LiveOptions = {}): void {
  const hub = createLiveHub({
    incidents: store.incidents,
    tell: async (changes) => {
      const heads = await store.publications.heads(null);
      // A reviewer withdrew it: that the analysis still learns of it is no news.
      const isNews = ({ what, incident }: IncidentChange) =>
        what === "withdrawn" || heads.get(incident.id)?.over !== true;
      return changes.map((change) => (isNews(change) ? eventText(change) : null));
    },
    onFault: (error) => log.warn({ err: error }, "changes could not be told; it will be tried again"),
    ...options,
  });
  // Before the server waits for its answers to end: these never would.
  app.addHook("preClose", () => hub.close());
  app.get("/api/v1/live", { compress: false }, async (request, reply) => {
    const { after } = readQuery(Query, request.query);
    const seen = after ?? lastEventId(request);
    const stream = openStream(request, reply);
    const leave = hub.listen(stream, seen);
    if (leave === null)
      return sendProblem(reply, {
        ...{ status: 503, code: "too_busy", retryAfterS: 60 },
        detail: "As many readers as can be served listen already.",
      });
    request.raw.once("close", leave);
    return stream.start();
  });
  addOperation(app, {
    ...{ id: "live", path: "/api/v1/live", tag: "live", query: Query },
    about: {
      en: "Changes of incidents as they become known, as server-sent events; resumes by Last-Event-ID.",
      ru: "Изменения инцидентов по мере того, как они становятся известны, в виде server-sent events; продолжает по Last-Event-ID.",
      kk: "Инциденттердің өзгерістері белгілі болған сәтте, server-sent events түрінде; Last-Event-ID бойынша жалғасады.",
    },
    answers: [{ type: "text/event-stream", schema: null }],
    example: null,
  });
}

function eventText({ number, at, what, incident }: IncidentChange): string {
  const data: z.infer<typeof LiveChange> = { at: utc(at), what, incident };
  return `id: ${number}\nevent: ${what}\ndata: ${JSON.stringify(data)}\n\n`;
}

function lastEventId({ headers }: FastifyRequest): number | null {
  const text = headers["last-event-id"];
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The answer as a stream of our own: it begins at once, and is never held back to be packed. */
function openStream(request: FastifyRequest, reply: FastifyReply) {
  const early: string[] = [`retry: ${RETRY_MS}\n\n`];
  let [begun, ended] = [false, false];
  const { raw } = reply;
  return {
    send: (text: string) => {
      if (!begun) return early.push(text) < 1000;
      raw.write(text);
      return raw.writableLength < WAITING_MAX;
    },
    end: () => {
      ended = true;
      if (begun) raw.end();
    },
    start: () => {
      reply.hijack();
      begun = true;
      // A stream is silent for long; a WebSocket's rule holds for it, not a request's.
      request.raw.socket.setTimeout(0);
      const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      for (const [name, value] of headers) raw.setHeader(name, value);
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // Proxies must not hold it back either.
        "x-accel-buffering": "no",
      });
      raw.write(early.join(""));
      early.length = 0;
      if (ended) raw.end();
      return reply;
    },
  };
}
