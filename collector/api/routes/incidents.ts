import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { concerns } from "../timeline-view.ts";
import type { Incident } from "../types.ts";

const { from, to, as_of, region, asn, target, limit, open, id } = PARAMETERS;
const EVER_DAYS = 36_500;
const READ_MAX = 10_000;

const COLUMNS = [
  { name: "id", of: (row: Incident) => row.id },
  { name: "kind", of: (row: Incident) => row.kind },
  { name: "method", of: (row: Incident) => row.method },
  { name: "extent", of: (row: Incident) => row.extent },
  { name: "confidence", of: (row: Incident) => row.confidence },
  { name: "start_earliest", of: (row: Incident) => row.start.earliest },
  { name: "start_latest", of: (row: Incident) => row.start.latest },
  { name: "end_earliest", of: (row: Incident) => row.end?.earliest ?? null },
  { name: "end_latest", of: (row: Incident) => row.end?.latest ?? null },
  { name: "detected_at", of: (row: Incident) => row.detectedAt },
  { name: "targets", of: (row: Incident) => row.targets.join(" ") },
  { name: "asns", of: (row: Incident) => row.asns.join(" ") },
  { name: "regions", of: (row: Incident) => row.regions.join(" ") },
  { name: "access", of: (row: Incident) => row.access.join(" ") },
  { name: "witnesses", of: (row: Incident) => row.witnesses },
  { name: "measurements", of: (row: Incident) => row.measurements },
  { name: "single_witness", of: (row: Incident) => row.singleWitness ?? false },
  { name: "leading_cause", of: (row: Incident) => row.causes[0]?.cause ?? null },
];

/** `GET /api/v1/incidents`: newest start first; `as_of` answers as it would have been answered then. */
export function addIncidents(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "incidents",
    query: z.strictObject({ from, to, as_of, region, asn, target, limit, open, id }),
    columns: COLUMNS,
    read: async (query) => {
      const asOf = query.as_of ?? null;
      const found = await reader.store.incidents.list({
        ...windowOf(query, reader.now() + 1, EVER_DAYS),
        asOf,
        openOnly: query.open ?? false,
        limit: READ_MAX,
      });
      const choice = { region: query.region ?? null, asn: query.asn ?? null };
      const rows = found
        .filter((incident) => concerns(incident, choice))
        .filter(({ targets }) => query.target === undefined || targets.includes(query.target))
        .filter((incident) => query.id === undefined || incident.id === query.id)
        .slice(0, query.limit ?? 100);
      return { rows, asOf };
    },
  });
}
