import type { FastifyInstance } from "fastify";
import { sha256Hex } from "../../../protocol/hash.ts";
import { utc } from "../../time.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { describeLogWitnesses, STAMP_QUERY } from "./log-witness-operations.ts";

const LISTED = 200;
const TYPES = { rfc3161: "application/timestamp-reply", ots: "application/vnd.opentimestamps.v1" } as const;

/**
 * `/api/v1/log/witnesses`: heads that somebody cosigned, by whom and when. `/api/v1/log/stamps`: answers of keepers of time, and
 * `/api/v1/log/stamp` one of them as it came.
 */
export function addLogWitnesses(app: FastifyInstance, { store: { log } }: Reader): void {
  describeLogWitnesses(app);
  app.get("/api/v1/log/witnesses", async (_request, reply) => {
    const sizes = await log.witnessed(Number.MAX_SAFE_INTEGER, LISTED);
    const heads = await Promise.all(
      sizes.map(async (size) => ({
        size,
        cosignatures: (await log.cosignatures(size)).map(({ witness, made }) => ({ witness, made: utc(made) })),
      })),
    );
    return reply
      .header("cache-control", "no-store")
      .send({ heads: heads.filter(({ cosignatures }) => cosignatures.length > 0) });
  });
  app.get("/api/v1/log/stamps", async (_request, reply) => {
    const stamps = await log.stamps(Number.MAX_SAFE_INTEGER, LISTED);
    return reply.header("cache-control", "no-store").send({
      stamps: stamps.map(({ size, kind, authority, made, answer }) => ({
        ...{ size, kind, authority, made: utc(made), sha256: sha256Hex(answer), bytes: answer.length },
      })),
    });
  });
  app.get("/api/v1/log/stamp", async (request, reply) => {
    const { size, sha256 } = readQuery(STAMP_QUERY, request.query);
    const found = (await log.stamps(size, LISTED)).find((one) => one.size === size && sha256Hex(one.answer) === sha256);
    if (found === undefined)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "There is no such stamp." });
    return reply.header("cache-control", "no-store").type(TYPES[found.kind]).send(Buffer.from(found.answer));
  });
}
