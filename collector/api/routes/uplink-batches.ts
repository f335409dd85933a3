import type { FastifyInstance } from "fastify";
import { deliver } from "../../ingest/deliver.ts";
import type { Intake } from "../../ingest/intake.ts";
import { utc } from "../../time.ts";
import { sendRefusal } from "../refusal-status.ts";
import { bodyBytes } from "../uplink-body.ts";

/** `POST /uplink/v1/batches`: a delivery over plain HTTPS, for lines on which no WebSocket can be had. */
export function addUplinkBatches(app: FastifyInstance, intake: Intake): void {
  app.post("/uplink/v1/batches", async (request, reply) => {
    const delivered = await deliver(intake, bodyBytes(request), null);
    if (!delivered.ok) return sendRefusal(reply, delivered);
    return reply.header("cache-control", "no-store").send({ t: "ack", seq: delivered.seq, at: utc(Date.now()) });
  });
}
