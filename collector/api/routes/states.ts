import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { placeCoverage } from "../answer-coverage.ts";
import type { Column } from "../columns.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { StateRow } from "../rows/presence-row.ts";
import { stateAt } from "../state-at.ts";
import type { StateCell } from "../types.ts";

const { region, asn, as_of } = PARAMETERS;
const Query = z.strictObject({ at: as_of.describe("the moment; now where it is left out"), region, asn });

const COLUMNS: readonly Column<StateCell>[] = [
  { name: "region", about: "code of the region (ISO 3166-2)", of: (row) => row.region },
  { name: "asn", type: "integer", unit: "AS number", about: "network", of: (row) => row.asn },
  { name: "min", type: "integer", about: "fewest witnesses at once in the five minutes", of: (row) => row.min },
  { name: "max", type: "integer", about: "most witnesses at once in the five minutes", of: (row) => row.max },
  { name: "expected", type: "integer", about: "joined, not left, and watched", of: (row) => row.expected },
  {
    name: "targets",
    type: "integer",
    about: "targets judged in its hour and the hour before",
    of: (row) => row.targets,
  },
  { name: "blocked", type: "integer", about: "of them found blocked by most witnesses", of: (row) => row.blocked },
  {
    name: "codes",
    about: "targets by what most witnesses found, as code=count apart by spaces",
    of: (row) =>
      Object.entries(row.codes)
        .map(([code, count]) => `${code}=${count}`)
        .join(" "),
  },
  { name: "few", type: "flag", about: "too few probes to tell counts", of: (row) => row.few ?? false },
  { name: "network_name", about: "name of the network", of: (row, words) => words.network(row.asn) },
  {
    name: "region_name",
    about: "name of the region in the language asked for",
    of: (row, words) => words.region(row.region),
  },
];

/** `GET /api/v1/states`: every network in every region at one moment. */
export function addStates(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "states",
    about: {
      en: "Every network in every region at one moment: who was present, and what was found blocked.",
      ru: "Каждая сеть в каждой области в один момент: кто был на связи и что оказалось заблокировано.",
      kk: "Бір сәттегі әр өңірдегі әр желі: кім байланыста болды және не бұғатталған болып шықты.",
    },
    query: Query,
    row: StateRow,
    more: { at: z.string().describe("the moment") },
    columns: COLUMNS,
    placesOf: (row) => [row.region],
    read: async (query) => {
      const at = Math.min(query.at ?? reader.now(), reader.now());
      const cells = await stateAt(reader, at);
      const rows = cells.filter(
        (cell) =>
          (query.region === undefined || cell.region === query.region) &&
          (query.asn === undefined || cell.asn === query.asn),
      );
      return {
        ...{ rows, more: { at: new Date(at).toISOString() } },
        coverage: await placeCoverage(reader, query, null),
      };
    },
  });
}
