import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Column, type Words, wordsIn } from "./columns.ts";
import { csv } from "./csv.ts";
import { type AnswerCoverage, addressWith, type Envelope, envelopeOf, sendEnvelope } from "./envelope.ts";
import { isKnown, weakTag } from "./etag.ts";
import { FORMATS, type Format, formatOf } from "./formats/format.ts";
import { geoJson } from "./formats/geojson.ts";
import { parquet } from "./formats/parquet.ts";
import { cacheControl } from "./freshness.ts";
import { chooseLanguage } from "./language.ts";
import { PARAMETERS, readQuery } from "./query.ts";
import type { Reader } from "./reader.ts";
import { namesOfRows } from "./row-names.ts";
import { addOperation, listingOperation } from "./spec/operation.ts";
import type { Names } from "./types.ts";

/** Rows of a page, and what is told with them. */
export type ListingPage<Row> = {
  readonly rows: readonly Row[];
  /** Cursor of the next page where there is one. */
  readonly next?: string | null;
  /** The state of knowledge it shows; null or left out: as known now. */
  readonly asOf?: number | null;
  /** Further members of the JSON. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly coverage?: AnswerCoverage;
};

/** A resource that is a table: `/api/v1/<name>` as JSON, and the same rows by suffix or Accept in every other form. */
export type Listing<S extends z.ZodRawShape, Row> = {
  readonly name: string;
  /** Member of the JSON that holds the rows; the name where it is left out. */
  readonly member?: string;
  /** One sentence on what it lists. */
  readonly about?: Names;
  readonly query: z.ZodObject<S>;
  /** A row as JSON; what is left out is not described. */
  readonly row?: z.ZodType;
  readonly more?: z.ZodRawShape;
  readonly columns: readonly Column<Row>[];
  /** Codes of the regions a row lies in: where it is told, rows are given as GeoJSON too. */
  readonly placesOf?: (row: Row) => readonly string[];
  /** Whether the same question with `as_of` gives the same rows for ever. */
  readonly repeatable?: boolean;
  /** A question that shows it, for the reference. */
  readonly example?: string;
  /** What an answer depends on besides its question: known before it is made, so that it need not be. */
  readonly state?: (query: z.infer<z.ZodObject<S>>) => Promise<string>;
  readonly read: (query: z.infer<z.ZodObject<S>>) => Promise<ListingPage<Row>>;
};

/** Adds the routes of a listing and describes them. */
export function addListing<S extends z.ZodRawShape, Row>(
  app: FastifyInstance,
  reader: Reader,
  listing: Listing<S, Row>,
): void {
  const { name, placesOf } = listing;
  const formats = (Object.keys(FORMATS) as Format[]).filter((format) => format !== "geojson" || placesOf !== undefined);
  const answer = answerer(reader, listing);
  app.get(`/api/v1/${name}`, (request, reply) => {
    reply.header("vary", "accept, accept-encoding");
    return answer(request, reply, formatOf(request, formats));
  });
  for (const format of formats)
    app.get(`/api/v1/${name}.${format}`, (request, reply) => answer(request, reply, format));
  addOperation(app, listingOperation(listing, formats));
}

function answerer<S extends z.ZodRawShape, Row>(reader: Reader, listing: Listing<S, Row>) {
  return async (request: FastifyRequest, reply: FastifyReply, format: Format) => {
    const { language, asked } = readAsked(listing.query, request);
    const question = [request.url.split("?")[1] ?? "", listing.name, format, reader.rulesVersion];
    const state = await listing.state?.(asked);
    const early = state === undefined ? null : weakTag(...question, state);
    const [asOf, to] = [timeIn(asked, "as_of"), timeIn(asked, "to")];
    const { repeatable = false } = listing;
    reply.header("cache-control", cacheControl({ now: reader.now(), asOf, to, repeatable }));
    if (early !== null && isKnown(request.headers["if-none-match"], early))
      return reply.header("etag", early).code(304).send();
    const page = await listing.read(asked);
    const tag = early ?? weakTag(...question, page.rows, page.next, page.more);
    reply.header("etag", tag);
    if (isKnown(request.headers["if-none-match"], tag)) return reply.code(304).send();
    return reply.type(FORMATS[format]).send(
      await bodyOf({
        ...{ reader, listing, page, format, words: wordsIn(reader.catalogue, language) },
        ...headed(reader, request, reply, listing, page),
      }),
    );
  };
}

/** The question, and the language of names, which any table may be asked in. */
function readAsked<S extends z.ZodRawShape>(schema: z.ZodObject<S>, { query }: FastifyRequest) {
  const { lang: word, ...rest } = { lang: undefined, ...(typeof query === "object" ? query : {}) };
  const { lang } = readQuery(z.object({ lang: PARAMETERS.lang }), { lang: word });
  return { language: chooseLanguage(lang, undefined), asked: readQuery(schema, rest) };
}

/** A moment among what was asked; null where it was not. */
function timeIn(asked: object, name: "as_of" | "to"): number | null {
  const value: unknown = Object.entries(asked).find(([key]) => key === name)?.[1];
  return typeof value === "number" ? value : null;
}

/** The envelope of a page, which also stands in its headers. */
function headed<S extends z.ZodRawShape, Row>(
  reader: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  listing: Listing<S, Row>,
  page: ListingPage<Row>,
): { envelope: Envelope } {
  const envelope = envelopeOf(reader, request, {
    asOf: page.asOf ?? null,
    coverage: page.coverage ?? { probes: null, band: null, samples: page.rows.length },
    citesTime: "as_of" in listing.query.shape,
  });
  const next = page.next == null ? null : addressWith({}, request, { cursor: page.next });
  sendEnvelope(reply, envelope, next);
  return { envelope };
}

type BodyParts<Row> = {
  readonly reader: Reader;
  readonly listing: Pick<Listing<z.ZodRawShape, Row>, "name" | "member" | "columns" | "placesOf">;
  readonly page: ListingPage<Row>;
  readonly format: Format;
  readonly words: Words;
  readonly envelope: Envelope;
};

async function bodyOf<Row>({
  reader,
  listing,
  page,
  format,
  words,
  envelope,
}: BodyParts<Row>): Promise<string | Buffer> {
  const { name, member = name, columns, placesOf = () => [] } = listing;
  const { rows, next = null, more } = page;
  switch (format) {
    case "json":
      return JSON.stringify({
        ...envelope,
        ...more,
        names: namesOfRows(reader.catalogue.names, rows),
        [member]: rows,
        next,
      });
    case "csv":
      return csv(columns, rows, words);
    case "ndjson":
      return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    case "parquet":
      return parquet(columns, rows, words, factsOf(envelope));
    case "geojson":
      return geoJson({
        columns,
        rows,
        words,
        placesOf,
        regions: reader.catalogue.regions,
        facts: { ...envelope, next },
      });
  }
}

function factsOf({ coverage, ...texts }: Envelope): Record<string, string> {
  return { ...texts, coverage: JSON.stringify(coverage) };
}
