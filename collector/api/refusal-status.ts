import type { FastifyReply } from "fastify";
import type { RefusalCode } from "../../protocol/wire.ts";
import type { JoinRefusal } from "../ingest/join.ts";
import { sendProblem } from "./problem.ts";

const STATUS: Readonly<Record<RefusalCode, number>> = {
  bad_message: 400,
  bad_signature: 401,
  unknown_probe: 403,
  revoked: 403,
  left: 403,
  wrong_time: 409,
  hello_timeout: 400,
  gap: 409,
  fork: 409,
  too_big: 413,
  too_fast: 429,
  cannot_store: 507,
  going_away: 503,
};

/** Answers an uplink request with why it is not taken. */
export function sendRefusal(reply: FastifyReply, why: JoinRefusal) {
  const { code, says } = why;
  if (code === "unknown_code" || code === "used_code" || code === "expired_code")
    return sendProblem(reply, { status: 403, code, detail: says });
  const retryAfterS = "retryAfterS" in why ? why.retryAfterS : null;
  return sendProblem(reply, { status: STATUS[code], code, detail: says, retryAfterS });
}
