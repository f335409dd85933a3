import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { LIMITS } from "../../../protocol/limits.ts";
import type { Intake } from "../../ingest/intake.ts";
import { refusal } from "../../ingest/refusal.ts";
import { sendRefusal } from "../refusal-status.ts";

/** How often the answer says how much has arrived. */
const TELL_MS = 100;
/** An upload on a throttled line of 16 kbit/s still shows its rate by then. */
const MOST_MS = 25_000;

/**
 * `POST /uplink/v1/speed`: takes random bytes and throws them away; each line of the answer is the count that has
 * arrived by then. The probe sends it under two names at this one address: what differs is the name. Asks nobody who
 * they are, and takes so little from all together that it is of no use for anything else.
 */
export function addUplinkSpeed(app: FastifyInstance, intake: Intake): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  app.post("/uplink/v1/speed", async (request, reply) => {
    const bytes = Number(request.headers["content-length"]);
    if (!(bytes > 0 && bytes <= LIMITS.messageBytes))
      return sendRefusal(
        reply,
        refusal("too_big", `An upload has 1 to ${LIMITS.messageBytes} bytes, said beforehand.`),
      );
    const waitS = intake.limits.take("uploads", "", bytes);
    if (waitS > 0) return sendRefusal(reply, refusal("too_fast", `Too much at once. Wait ${waitS} seconds.`, waitS));
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" });
    countInto(
      request.body as IncomingMessage,
      (line) => reply.raw.write(line),
      () => reply.raw.end(),
    );
    return reply;
  });
}

function countInto(payload: IncomingMessage, tell: (line: string) => void, end: () => void): void {
  let count = 0;
  let told = 0;
  const say = () => {
    if (count > told) tell(`${count}\n`);
    told = count;
  };
  const timer = setInterval(say, TELL_MS);
  const late = setTimeout(() => payload.destroy(), MOST_MS);
  payload.on("data", (chunk: Buffer) => {
    count += chunk.length;
  });
  payload.on("end", say);
  payload.on("error", () => {});
  payload.on("close", () => {
    clearInterval(timer);
    clearTimeout(late);
    end();
  });
}
