import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { besideMeasured } from "../../statements/beside.ts";
import type { StatementBeside } from "../legal-types.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { StatementSchema } from "../rows/legal-rows.ts";

const { from, to, region, target } = PARAMETERS;
const EVER_DAYS = 36_500;

type Row = StatementBeside;
const COLUMNS = [
  { name: "id", of: (row: Row) => row.id },
  { name: "at", of: (row: Row) => row.at },
  { name: "precision", of: (row: Row) => row.precision },
  { name: "speaker", of: (row: Row) => row.speaker },
  { name: "body", of: (row: Row) => row.body },
  { name: "claim", of: (row: Row) => row.claim },
  { name: "denied", of: (row: Row) => row.denied ?? null },
  { name: "claimed_cause", of: (row: Row) => row.cause },
  { name: "summary_en", of: (row: Row) => row.summary.en },
  { name: "summary_ru", of: (row: Row) => row.summary.ru },
  { name: "summary_kk", of: (row: Row) => row.summary.kk },
  { name: "place", of: (row: Row) => row.place },
  { name: "about_from", of: (row: Row) => row.from },
  { name: "about_to", of: (row: Row) => row.to },
  { name: "targets", of: (row: Row) => row.targets.join(" ") },
  { name: "asns", of: (row: Row) => row.asns.join(" ") },
  { name: "regions", of: (row: Row) => row.regions.join(" ") },
  { name: "measured_incidents", of: (row: Row) => row.measured.incidents.map((one) => one.number ?? one.id).join(" ") },
  { name: "probes_least", of: (row: Row) => row.measured.watched.min },
  { name: "probes_most", of: (row: Row) => row.measured.watched.max },
  { name: "hypotheses", of: (row: Row) => row.hypotheses.map((one) => `${one.claim}: ${one.verdict}`).join("; ") },
  { name: "source", of: (row: Row) => row.source },
  { name: "archived_sha256", of: (row: Row) => row.archived?.sha256 ?? null },
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
