import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { RiskTier, Target } from "../../../protocol/target.ts";
import type { Column } from "../columns.ts";
import { addListing } from "../listing.ts";
import { pageOfRows } from "../page-rows.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";

const { category, target, cursor, limit } = PARAMETERS;
const Query = z.strictObject({
  ...{ category, target, cursor, limit },
  kind: z.enum(["web", "im"]).optional().describe("sites, or messengers"),
  risk: z.enum(["1", "2", "3"]).transform(Number).pipe(RiskTier).optional().describe("risk tier"),
});
const LIMIT = 1000;

const COLUMNS: readonly Column<Target>[] = [
  { name: "id", about: "host, and path where it has one", of: (row) => row.id },
  { name: "url", about: "what is asked for", of: (row) => row.url },
  { name: "category", about: "kind of site", of: (row) => row.category },
  { name: "kind", about: "web or im", of: (row) => row.kind },
  {
    name: "risk",
    type: "integer",
    unit: "tier, 1 to 3",
    about: "1 everyday, 2 media and rights, 3 circumvention",
    of: (row) => row.risk,
  },
  { name: "hosted_in", about: "country of the server as far as known", of: (row) => row.hostedIn },
  { name: "name_en", about: "name in English", of: (row) => row.names.en },
  { name: "name_ru", about: "name in Russian", of: (row) => row.names.ru },
  { name: "name_kk", about: "name in Kazakh", of: (row) => row.names.kk },
  { name: "why", about: "why it is measured", of: (row) => row.why },
  { name: "source", about: "where that is known from", of: (row) => row.source },
];

/** `GET /api/v1/targets`: what is measured, and why. */
export function addTargets(app: FastifyInstance, reader: Reader): void {
  const { targets, version } = reader.catalogue.list;
  addListing(app, reader, {
    name: "targets",
    about: {
      en: "What is measured, and why each is in the list.",
      ru: "Что измеряется и почему каждое есть в списке.",
      kk: "Не өлшенеді және әрқайсысы тізімге неліктен кірген.",
    },
    query: Query,
    row: Target,
    more: { version: z.string().describe("hash of the list") },
    columns: COLUMNS,
    example: "category=independent-media&limit=2",
    state: async () => version,
    read: async (query) => {
      const chosen = targets.filter(
        (one) =>
          (query.category === undefined || one.category === query.category) &&
          (query.target === undefined || one.id === query.target) &&
          (query.kind === undefined || one.kind === query.kind) &&
          (query.risk === undefined || one.risk === query.risk),
      );
      const place = ({ id }: Target) => ({ at: 0, id });
      const { limit: asked = LIMIT, cursor: after } = query;
      const page = pageOfRows(chosen, { order: "up", place, limit: asked, cursor: after, asOf: reader.now() });
      return { ...page, more: { version }, coverage: { probes: null, band: null, samples: null } };
    },
  });
}
