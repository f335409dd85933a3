import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { eventsIn } from "../timeline-view.ts";
import type { WorldEvent } from "../types.ts";

const { from, to, region, limit } = PARAMETERS;
const EVER_DAYS = 36_500;
const AHEAD_MS = 366 * 86_400_000;

const COLUMNS = [
  { name: "id", of: (row: WorldEvent) => row.id },
  { name: "kind", of: (row: WorldEvent) => row.kind },
  { name: "sanctioned", of: (row: WorldEvent) => row.sanctioned },
  { name: "place", of: (row: WorldEvent) => row.place },
  { name: "title", of: (row: WorldEvent) => row.title },
  { name: "start", of: (row: WorldEvent) => row.start },
  { name: "end", of: (row: WorldEvent) => row.end },
  { name: "precision", of: (row: WorldEvent) => row.precision },
  { name: "source", of: (row: WorldEvent) => row.source },
];

/** `GET /api/v1/events`: rallies, elections and the like, oldest first; announced ones of the coming year included. */
export function addEvents(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "events",
    query: z.strictObject({ from, to, region, limit }),
    columns: COLUMNS,
    read: async (query) => {
      const window = windowOf(query, reader.now() + AHEAD_MS, EVER_DAYS);
      const rows = eventsIn(await reader.store.events.within(window, 10_000), query.region ?? null);
      return { rows: rows.slice(-(query.limit ?? 1000)) };
    },
  });
}
