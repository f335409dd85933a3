import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Incident } from "../../../protocol/incident.ts";
import { placeCoverage } from "../answer-coverage.ts";
import { windowAsked } from "../around.ts";
import { type Column, localColumns, namesCell } from "../columns.ts";
import { type Heads, incidentRow } from "../incident-rows.ts";
import { addListing } from "../listing.ts";
import { pageOfRows } from "../page-rows.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { IncidentRow } from "../rows/incident-row.ts";
import { snapshotOf } from "../snapshot.ts";
import { concerns } from "../timeline-view.ts";

const { from, to, as_of, around, region, asn, access, target, category, kind, confidence, method } = PARAMETERS;
const { limit, cursor, open, id } = PARAMETERS;
const EVER_DAYS = 36_500;
const READ_MAX = 10_000;
const LATEST = { before: null, limit: 1 };

const Query = z.strictObject({
  ...{ from, to, as_of, around, region, asn, access, target, category, kind, confidence, method },
  ...{ limit, cursor, open, id },
});
type Query = z.infer<typeof Query>;

const COLUMNS: readonly Column<IncidentRow>[] = [
  { name: "id", about: "id of the analysis", of: (row) => row.id },
  { name: "number", about: "under which it is published; empty while it is not", of: (row) => row.number },
  {
    name: "version",
    type: "integer",
    about: "published version; empty while it is not",
    of: (row) => row.version ?? null,
  },
  { name: "kind", about: "block, interception, throttle, shutdown or outage", of: (row) => row.kind },
  { name: "method", about: "how, as the verdicts name it", of: (row) => row.method },
  { name: "extent", about: "degree of a loss", of: (row) => row.extent },
  { name: "confidence", about: "observed, probable or confirmed", of: (row) => row.confidence },
  { name: "start_earliest", type: "time", about: "last good sample before", of: (row) => row.start.earliest },
  { name: "start_latest", type: "time", about: "first bad sample", of: (row) => row.start.latest },
  {
    name: "end_earliest",
    type: "time",
    about: "last bad sample; empty while open",
    of: (row) => row.end?.earliest ?? null,
  },
  { name: "end_latest", type: "time", about: "first good sample after", of: (row) => row.end?.latest ?? null },
  { name: "detected_at", type: "time", about: "when it could be known", of: (row) => row.detectedAt },
  { name: "targets", about: "ids apart by spaces; empty for a loss of the line", of: (row) => row.targets.join(" ") },
  { name: "asns", about: "networks apart by spaces; empty: all that were watched", of: (row) => row.asns.join(" ") },
  {
    name: "regions",
    about: "regions apart by spaces; empty: all that were watched",
    of: (row) => row.regions.join(" "),
  },
  { name: "access", about: "fixed, mobile, or both apart by a space", of: (row) => row.access.join(" ") },
  { name: "witnesses", type: "integer", about: "probes that saw it", of: (row) => row.witnesses },
  { name: "measurements", type: "integer", about: "measurements it rests on", of: (row) => row.measurements },
  { name: "single_witness", type: "flag", about: "seen by one probe alone", of: (row) => row.singleWitness ?? false },
  {
    name: "leading_cause",
    about: "the likeliest explanation of those tried",
    of: (row) => row.causes[0]?.cause ?? null,
  },
  ...localColumns<IncidentRow>((row) => ({ at: row.start.earliest, region: row.regions[0] ?? null })),
  { name: "target_names", of: (row, words) => namesCell(row.targets.map(words.target)) },
  { name: "network_names", of: (row, words) => namesCell(row.asns.map(words.network)) },
  { name: "region_names", of: (row, words) => namesCell(row.regions.map(words.region)) },
];

/** `GET /api/v1/incidents`: newest start first; `as_of` answers as it would have been answered then. `id` may be a number. */
export function addIncidents(app: FastifyInstance, reader: Reader): void {
  const { incidents, publications } = reader.store;
  addListing(app, reader, {
    name: "incidents",
    about: {
      en: "Incidents: what was cut, blocked, slowed or intercepted, where, when, and how sure that is.",
      ru: "Инциденты: что было отключено, заблокировано, замедлено или перехвачено, где, когда и насколько это надёжно.",
      kk: "Инциденттер: не ажыратылған, бұғатталған, баяулатылған немесе ұстап алынған, қайда, қашан және бұл қаншалықты сенімді.",
    },
    query: Query,
    row: IncidentRow,
    columns: COLUMNS,
    placesOf: ({ regions }) => regions,
    repeatable: true,
    example: "limit=2",
    state: async () => `${await incidents.lastChange()} ${(await publications.recent(LATEST))[0]?.id ?? 0}`,
    read: async (query) => {
      const asOf = query.cursor?.asOf ?? query.as_of ?? snapshotOf(reader, await incidents.lastChange());
      const found = await incidents.list({
        ...(await windowAsked(reader, query, reader.now() + 1, EVER_DAYS)),
        asOf,
        openOnly: query.open ?? false,
        limit: READ_MAX,
      });
      const heads = await publications.heads(asOf);
      const { rows, next } = pageOfRows(found.filter(chosenBy(query, reader, heads)), {
        order: "down",
        place: (row) => ({ at: Date.parse(row.start.earliest), id: row.id }),
        ...{ limit: query.limit, cursor: query.cursor, asOf },
      });
      const samples = rows.reduce((sum, row) => sum + row.measurements, 0);
      const coverage = await placeCoverage(reader, query, samples);
      return { rows: rows.map((row) => incidentRow(row, heads)), next, asOf, coverage };
    },
  });
}

/** Whether an incident is one that was asked for. */
function chosenBy(query: Query, { catalogue }: Reader, heads: Heads): (incident: Incident) => boolean {
  const place = { region: query.region ?? null, asn: query.asn ?? null };
  const inCategory = new Set(
    catalogue.list.targets.filter(({ category: one }) => one === query.category).map((one) => one.id),
  );
  return (incident) =>
    concerns(incident, place) &&
    (query.access === undefined || incident.access.length === 0 || incident.access.includes(query.access)) &&
    (query.target === undefined || incident.targets.includes(query.target)) &&
    (query.category === undefined || incident.targets.some((one) => inCategory.has(one))) &&
    (query.kind === undefined || query.kind.includes(incident.kind)) &&
    (query.confidence === undefined || query.confidence.includes(incident.confidence)) &&
    (query.method === undefined || incident.method === query.method) &&
    (query.id === undefined || incident.id === query.id || heads.get(incident.id)?.number === query.id);
}
