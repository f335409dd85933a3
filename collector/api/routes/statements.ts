import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { besideMeasured } from "../../statements/beside.ts";
import type { Column } from "../columns.ts";
import type { StatementBeside } from "../legal-types.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { StatementSchema } from "../rows/legal-rows.ts";

const { from, to, region, target } = PARAMETERS;
const EVER_DAYS = 36_500;

type Row = StatementBeside;
const COLUMNS: readonly Column<Row>[] = [
  { name: "id", about: "id of the statement", of: (row) => row.id },
  { name: "at", type: "time", about: "when it was said", of: (row) => row.at },
  { name: "precision", about: "minute, hour, day or month", of: (row) => row.precision },
  { name: "speaker", about: "who spoke", of: (row) => row.speaker },
  { name: "body", about: "body they spoke for", of: (row) => row.body },
  { name: "claim", about: "what was claimed", of: (row) => row.claim },
  { name: "denied", about: "what was denied: a disruption, or an order", of: (row) => row.denied ?? null },
  { name: "claimed_cause", about: "cause that was named", of: (row) => row.cause },
  { name: "summary_en", about: "what was said, in English", of: (row) => row.summary.en },
  { name: "summary_ru", about: "the same in Russian", of: (row) => row.summary.ru },
  { name: "summary_kk", about: "the same in Kazakh", of: (row) => row.summary.kk },
  { name: "place", about: "region, or KZ", of: (row) => row.place },
  { name: "about_from", type: "time", about: "beginning of the time it speaks of", of: (row) => row.from },
  { name: "about_to", type: "time", about: "its end", of: (row) => row.to },
  { name: "targets", about: "ids of targets apart by spaces", of: (row) => row.targets.join(" ") },
  { name: "asns", about: "networks apart by spaces", of: (row) => row.asns.join(" ") },
  { name: "regions", about: "regions apart by spaces", of: (row) => row.regions.join(" ") },
  {
    name: "measured_incidents",
    about: "numbers (or ids) of incidents of that time, apart by spaces",
    of: (row) => row.measured.incidents.map((one) => one.number ?? one.id).join(" "),
  },
  {
    name: "probes_least",
    type: "integer",
    about: "fewest witnesses at once in that time; empty: not known, or too few to tell",
    of: (row) => row.measured.watched.min,
  },
  {
    name: "probes_most",
    type: "integer",
    about: "most witnesses at once in that time",
    of: (row) => row.measured.watched.max,
  },
  {
    name: "hypotheses",
    about: "each explanation with what records say of it, apart by semicolons",
    of: (row) => row.hypotheses.map((one) => `${one.claim}: ${one.verdict}`).join("; "),
  },
  { name: "source", about: "where the statement stands", of: (row) => row.source },
  { name: "archived_sha256", about: "hash of its archived copy (SHA-256)", of: (row) => row.archived?.sha256 ?? null },
];

/** `GET /api/v1/statements`: who said what of a disruption, oldest first, beside what was measured at that time. */
export function addStatements(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "statements",
    about: {
      en: "Who said what of a disruption, oldest first, beside what was measured at that time.",
      ru: "Кто что сказал о нарушении связи, от старых к новым, рядом с тем, что тогда измерено.",
      kk: "Байланыстың бұзылуы туралы кім не айтқаны, ескісінен жаңасына қарай, сол кезде өлшенгенмен қатар.",
    },
    row: StatementSchema,
    example: "region=KZ-75",
    query: z.strictObject({ from, to, region, target, id: PARAMETERS.id.describe("id of a statement") }),
    columns: COLUMNS,
    read: async (query) => {
      const window = windowOf(query, reader.now() + 1, EVER_DAYS);
      const all = (await reader.store.statements.all())
        .filter(({ at }) => Date.parse(at) >= window.from && Date.parse(at) < window.to)
        .filter((one) => query.id === undefined || one.id === query.id)
        .filter((one) => query.target === undefined || one.targets.includes(query.target))
        .filter(({ place, regions }) => {
          if (query.region === undefined || place === "KZ") return true;
          return place === query.region || regions.includes(query.region);
        });
      return { rows: await besideMeasured(reader, all) };
    },
  });
}
