import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { WorldEvent } from "../../../protocol/event.ts";
import { type Column, localColumns } from "../columns.ts";
import { addListing } from "../listing.ts";
import { pageOfRows } from "../page-rows.ts";
import { PARAMETERS, several, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { eventsIn } from "../timeline-view.ts";

const { from, to, region, limit, cursor } = PARAMETERS;
const EVER_DAYS = 36_500;
const AHEAD_MS = 366 * 86_400_000;
const READ_MAX = 10_000;
const LIMIT = 1000;

const Query = z.strictObject({
  ...{ from, to, region, limit, cursor },
  id: z.string().min(1).max(128).optional().describe("id of an event"),
  kind: several(WorldEvent.shape.kind).optional().describe("kinds of events, apart by commas"),
  sanctioned: WorldEvent.shape.sanctioned.optional().describe("whether a rally was allowed"),
});

const COLUMNS: readonly Column<WorldEvent>[] = [
  { name: "id", about: "id of the event", of: (row) => row.id },
  { name: "kind", about: "rally, election and the like", of: (row) => row.kind },
  { name: "sanctioned", about: "sanctioned, unsanctioned or unknown", of: (row) => row.sanctioned },
  { name: "place", about: "region, or KZ", of: (row) => row.place },
  { name: "title", about: "as its source has it", of: (row) => row.title },
  { name: "start", type: "time", about: "as exact as precision says", of: (row) => row.start },
  { name: "end", type: "time", about: "empty where it is not known", of: (row) => row.end },
  { name: "precision", about: "minute, hour, day or month", of: (row) => row.precision },
  { name: "source", about: "where that is known from", of: (row) => row.source },
  ...localColumns<WorldEvent>(({ start, place }) => ({ at: start, region: place })),
  {
    name: "place_name",
    about: "name of the place in the language asked for",
    of: (row, words) => words.region(row.place),
  },
  { name: "title_en", about: "the title in English, empty where nobody wrote it", of: (row) => row.titles?.en ?? null },
  { name: "title_ru", about: "the same in Russian", of: (row) => row.titles?.ru ?? null },
  { name: "title_kk", about: "the same in Kazakh", of: (row) => row.titles?.kk ?? null },
];

/** `GET /api/v1/events`: rallies, elections and the like, oldest first; announced ones of the coming year included. */
export function addEvents(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "events",
    about: {
      en: "Rallies, elections and other events beside which the timeline is shown, oldest first. Detection never reads them.",
      ru: "Митинги, выборы и другие события, рядом с которыми показана шкала времени, старые сначала. Обнаружение их не читает.",
      kk: "Митингілер, сайлаулар және уақыт шкаласы қатар көрсетілетін басқа оқиғалар, ескісі алдымен. Анықтау жүйесі оларды оқымайды.",
    },
    query: Query,
    row: WorldEvent,
    columns: COLUMNS,
    placesOf: ({ place }) => [place],
    example: "from=2022-01-01&to=2022-01-08",
    read: async (query) => {
      const window = windowOf(query, reader.now() + AHEAD_MS, EVER_DAYS);
      const events = eventsIn(await reader.store.events.within(window, READ_MAX), query.region ?? null);
      const chosen = events.filter(
        ({ id, kind, sanctioned }) =>
          (query.id === undefined || id === query.id) &&
          (query.kind === undefined || query.kind.includes(kind)) &&
          (query.sanctioned === undefined || sanctioned === query.sanctioned),
      );
      const place = ({ id, start }: WorldEvent) => ({ at: Date.parse(start), id });
      const { limit: asked = LIMIT, cursor: after } = query;
      const page = pageOfRows(chosen, { order: "up", place, limit: asked, cursor: after, asOf: reader.now() });
      return { ...page, coverage: { probes: null, band: null, samples: null } };
    },
  });
}
