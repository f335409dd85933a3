import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { incidentRow } from "../incident-rows.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { concerns } from "../timeline-view.ts";
import type { IncidentRow } from "../types.ts";

const { from, to, as_of, region, asn, target, limit, open, id } = PARAMETERS;
const EVER_DAYS = 36_500;
const READ_MAX = 10_000;

const COLUMNS = [
  { name: "id", of: (row: IncidentRow) => row.id },
  { name: "number", of: (row: IncidentRow) => row.number },
  { name: "version", of: (row: IncidentRow) => row.version ?? null },
  { name: "kind", of: (row: IncidentRow) => row.kind },
  { name: "method", of: (row: IncidentRow) => row.method },
  { name: "extent", of: (row: IncidentRow) => row.extent },
  { name: "confidence", of: (row: IncidentRow) => row.confidence },
  { name: "start_earliest", of: (row: IncidentRow) => row.start.earliest },
  { name: "start_latest", of: (row: IncidentRow) => row.start.latest },
  { name: "end_earliest", of: (row: IncidentRow) => row.end?.earliest ?? null },
  { name: "end_latest", of: (row: IncidentRow) => row.end?.latest ?? null },
  { name: "detected_at", of: (row: IncidentRow) => row.detectedAt },
  { name: "targets", of: (row: IncidentRow) => row.targets.join(" ") },
  { name: "asns", of: (row: IncidentRow) => row.asns.join(" ") },
  { name: "regions", of: (row: IncidentRow) => row.regions.join(" ") },
  { name: "access", of: (row: IncidentRow) => row.access.join(" ") },
  { name: "witnesses", of: (row: IncidentRow) => row.witnesses },
  { name: "measurements", of: (row: IncidentRow) => row.measurements },
  { name: "single_witness", of: (row: IncidentRow) => row.singleWitness ?? false },
  { name: "leading_cause", of: (row: IncidentRow) => row.causes[0]?.cause ?? null },
];

/** `GET /api/v1/incidents`: newest start first; `as_of` answers as it would have been answered then. `id` may be a number. */
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
      const heads = await reader.store.publications.heads(asOf);
      const choice = { region: query.region ?? null, asn: query.asn ?? null };
      const rows = found
        .filter((incident) => concerns(incident, choice))
        .filter(({ targets }) => query.target === undefined || targets.includes(query.target))
        .filter(({ id }) => query.id === undefined || id === query.id || heads.get(id)?.number === query.id)
        .slice(0, query.limit ?? 100);
      return { rows: rows.map((row) => incidentRow(row, heads)), asOf };
    },
  });
}
