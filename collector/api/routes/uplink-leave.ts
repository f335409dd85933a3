import type { FastifyInstance } from "fastify";
import { parseJson } from "../../../protocol/parse.ts";
import { LeaveRequest } from "../../../protocol/wire.ts";
import type { Intake } from "../../ingest/intake.ts";
import { leaveProbe } from "../../ingest/leave.ts";
import { refusal } from "../../ingest/refusal.ts";
import { sendRefusal } from "../refusal-status.ts";
import { bodyBytes } from "../uplink-body.ts";

/** `POST /uplink/v1/leave`: a probe says goodbye for good. */
export function addUplinkLeave(app: FastifyInstance, intake: Intake): void {
  app.post("/uplink/v1/leave", async (request, reply) => {
    const parsed = parseJson(LeaveRequest, bodyBytes(request).toString("utf8"));
    if (!parsed.ok)
      return sendRefusal(reply, refusal("bad_message", `Not a leave request: ${parsed.problems.join("; ")}`));
    const result = await leaveProbe(intake, parsed.value);
    if (!result.ok) return sendRefusal(reply, result);
    return reply.header("cache-control", "no-store").send(result.left);
  });
}
