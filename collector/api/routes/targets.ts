import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Target } from "../../../protocol/target.ts";
import { addListing } from "../listing.ts";
import type { Reader } from "../reader.ts";

const COLUMNS = [
  { name: "id", of: (row: Target) => row.id },
  { name: "url", of: (row: Target) => row.url },
  { name: "category", of: (row: Target) => row.category },
  { name: "kind", of: (row: Target) => row.kind },
  { name: "risk", of: (row: Target) => row.risk },
  { name: "hosted_in", of: (row: Target) => row.hostedIn },
  { name: "name_en", of: (row: Target) => row.names.en },
  { name: "name_ru", of: (row: Target) => row.names.ru },
  { name: "name_kk", of: (row: Target) => row.names.kk },
  { name: "why", of: (row: Target) => row.why },
  { name: "source", of: (row: Target) => row.source },
];

/** `GET /api/v1/targets`: what is measured, and why. */
export function addTargets(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "targets",
    query: z.strictObject({}),
    columns: COLUMNS,
    read: async () => {
      const { targets, version } = reader.catalogue.list;
      return { rows: targets, more: { version } };
    },
  });
}
