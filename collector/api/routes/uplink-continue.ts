import type { FastifyInstance } from "fastify";
import { parseJson } from "../../../protocol/parse.ts";
import { ContinueRequest } from "../../../protocol/wire.ts";
import { continueProbe } from "../../ingest/continue.ts";
import type { Intake } from "../../ingest/intake.ts";
import { refusal } from "../../ingest/refusal.ts";
import { sendRefusal } from "../refusal-status.ts";
import { bodyBytes } from "../uplink-body.ts";

/** `POST /uplink/v1/continue`: a probe whose journal was lost goes on under a new key that its old one names. */
export function addUplinkContinue(app: FastifyInstance, intake: Intake): void {
  app.post("/uplink/v1/continue", async (request, reply) => {
    const parsed = parseJson(ContinueRequest, bodyBytes(request).toString("utf8"));
    if (!parsed.ok)
      return sendRefusal(reply, refusal("bad_message", `Not a request to continue: ${parsed.problems.join("; ")}`));
    const result = await continueProbe(intake, parsed.value);
    if (!result.ok) return sendRefusal(reply, result);
    return reply.header("cache-control", "no-store").send(result.joined);
  });
}
