import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { PARAMETERS, readQuery, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { timelineView } from "../timeline-view.ts";

const { from, to, as_of, region, asn } = PARAMETERS;
const Query = z.strictObject({ from, to, as_of, region, asn });
const DEFAULT_DAYS = 7;

/** Reads what picks a view of the timeline; without a window, the last seven days. */
export function timelineChoice(query: z.infer<typeof Query>, now: number) {
  const window = windowOf(query, query.as_of ?? now, DEFAULT_DAYS);
  return { ...window, region: query.region ?? null, asn: query.asn ?? null, asOf: query.as_of ?? null };
}

/** `GET /api/v1/timeline`: incidents, events, reports and coverage of one window, as the timeline page shows them. */
export function addTimeline(app: FastifyInstance, reader: Reader): void {
  app.get("/api/v1/timeline", async (request, reply) => {
    const view = await timelineView(reader, timelineChoice(readQuery(Query, request.query), reader.now()));
    return reply.header("cache-control", "public, max-age=10").send(view);
  });
}
