import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { type Column, csv } from "./csv.ts";
import { readQuery } from "./query.ts";
import { type Reader, stamp } from "./reader.ts";

/** A resource that is a table: `/api/v1/<name>` as JSON, with `.csv` and `.ndjson` beside it. */
export type Listing<S extends z.ZodType, Row> = {
  readonly name: string;
  readonly query: S;
  readonly columns: readonly Column<Row>[];
  /** Rows of a page, and the cursor of the next page where there is one. `more` are further members of the JSON. */
  readonly read: (query: z.infer<S>) => Promise<{
    rows: readonly Row[];
    next?: string | null;
    asOf?: number | null;
    more?: Readonly<Record<string, unknown>>;
  }>;
};

const SECONDS_FRESH = 10;

/** Adds the three routes of a listing. */
export function addListing<S extends z.ZodType, Row>(app: FastifyInstance, reader: Reader, listing: Listing<S, Row>) {
  const { name, columns } = listing;
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const result = await listing.read(readQuery(listing.query, request.query));
    reply.header("cache-control", `public, max-age=${SECONDS_FRESH}`);
    const { next } = result;
    if (next !== null && next !== undefined) reply.header("link", `<${nextAddress(request, next)}>; rel="next"`);
    return result;
  };
  app.get(`/api/v1/${name}`, async (request, reply) => {
    const { rows, next = null, asOf = null, more } = await page(request, reply);
    return { ...stamp(reader, asOf), ...more, [name]: rows, next };
  });
  app.get(`/api/v1/${name}.csv`, async (request, reply) => {
    const { rows } = await page(request, reply);
    return reply.type("text/csv; charset=utf-8; header=present").send(csv(columns, rows));
  });
  app.get(`/api/v1/${name}.ndjson`, async (request, reply) => {
    const { rows } = await page(request, reply);
    return reply.type("application/x-ndjson").send(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  });
}

function nextAddress(request: FastifyRequest, cursor: string): string {
  const [path = "", query = ""] = request.url.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", cursor);
  return `${path}?${parameters}`;
}
