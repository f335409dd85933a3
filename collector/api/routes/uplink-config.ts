import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ProbeId } from "../../../protocol/primitives.ts";
import type { Intake } from "../../ingest/intake.ts";
import { readQuery } from "../query.ts";

const Query = z.strictObject({ probe: ProbeId.optional() });

/** `GET /uplink/v1/config`: how probes should work; public, and the same for all. */
export function addUplinkConfig(app: FastifyInstance, intake: Intake): void {
  app.get("/uplink/v1/config", async (request, reply) => {
    readQuery(Query, request.query);
    return reply.header("cache-control", "no-store").send(intake.config(null));
  });
}
