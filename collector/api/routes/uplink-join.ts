import type { FastifyInstance } from "fastify";
import { parseJson } from "../../../protocol/parse.ts";
import { JoinRequest } from "../../../protocol/wire.ts";
import type { Intake } from "../../ingest/intake.ts";
import { joinProbe } from "../../ingest/join.ts";
import { refusal } from "../../ingest/refusal.ts";
import { sendRefusal } from "../refusal-status.ts";
import { bodyBytes } from "../uplink-body.ts";

/** `POST /uplink/v1/join`: a key is enrolled under a one-time code. */
export function addUplinkJoin(app: FastifyInstance, intake: Intake): void {
  app.post("/uplink/v1/join", async (request, reply) => {
    const parsed = parseJson(JoinRequest, bodyBytes(request).toString("utf8"));
    if (!parsed.ok)
      return sendRefusal(reply, refusal("bad_message", `Not a join request: ${parsed.problems.join("; ")}`));
    const result = await joinProbe(intake, parsed.value);
    if (!result.ok) return sendRefusal(reply, result);
    return reply.header("cache-control", "no-store").send(result.joined);
  });
}
