import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { placeCoverage } from "../answer-coverage.ts";
import { windowAsked } from "../around.ts";
import { incidentRows } from "../incident-rows.ts";
import { addListing } from "../listing.ts";
import { pageOfRows } from "../page-rows.ts";
import { numberAt } from "../publication-view.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { INCIDENT_COLUMNS, IncidentRow } from "../rows/incident-row.ts";
import { snapshotOf } from "../snapshot.ts";
import { concerns } from "../timeline-view.ts";

const { from, to, as_of, around, region, asn, access, target, category, kind, confidence, method } = PARAMETERS;
const { limit, cursor, open, id, state } = PARAMETERS;
const EVER_DAYS = 36_500;
const LATEST = { before: null, limit: 1 };

const Query = z.strictObject({
  ...{ from, to, as_of, around, region, asn, access, target, category, kind, confidence, method },
  ...{ limit, cursor, open, id, state },
});
type Query = z.infer<typeof Query>;

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
    columns: INCIDENT_COLUMNS,
    placesOf: ({ regions }) => regions,
    repeatable: true,
    example: "limit=2",
    state: async () => `${await incidents.lastChange()} ${(await publications.recent(LATEST))[0]?.id ?? 0}`,
    read: async (query) => {
      const asOf = query.cursor?.asOf ?? query.as_of ?? snapshotOf(reader, await incidents.lastChange());
      const found = await incidentRows(reader, {
        ...(await windowAsked(reader, query, reader.now() + 1, EVER_DAYS)),
        ...{ asOf, openOnly: query.open ?? false },
      });
      // Any id that led to a number then finds what stood under it.
      const named = query.id === undefined ? undefined : ((await numberAt(reader, query.id, asOf)) ?? query.id);
      const { rows, next } = pageOfRows(found.filter(chosenBy({ ...query, id: named }, reader)), {
        order: "down",
        place: (row) => ({ at: Date.parse(row.start.earliest), id: row.number ?? row.id }),
        ...{ limit: query.limit, cursor: query.cursor, asOf },
      });
      const samples = rows.reduce((sum, row) => sum + row.measurements, 0);
      return { rows, next, asOf, coverage: await placeCoverage(reader, query, samples) };
    },
  });
}

/** Whether an incident is one that was asked for. */
function chosenBy(query: Query, { catalogue }: Reader): (incident: IncidentRow) => boolean {
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
    (query.state === undefined || query.state.includes(incident.state)) &&
    (query.id === undefined || incident.id === query.id || incident.number === query.id);
}
