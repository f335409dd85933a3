import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Column } from "../columns.ts";
import { ENVELOPE } from "../envelope.ts";
import { type Format, plainType } from "../formats/format.ts";
import { PARAMETERS } from "../query.ts";
import { RowNames } from "../row-names.ts";
import type { Names } from "../types.ts";

/** What is told of a column. */
export type ToldColumn = Pick<Column<never>, "name" | "type" | "unit" | "about">;

/** One way of asking, as the reference tells it: made from the schemas that read the question and describe the answer. */
export type Operation = {
  /** Names it in the description of the API; unique. */
  readonly id: string;
  /** With `{name}` for parts that vary. */
  readonly path: string;
  readonly tag: "data" | "log" | "compat" | "bulk" | "live";
  readonly about: Names;
  readonly query: z.ZodObject | null;
  /** Parts of the path, each with what it is. */
  readonly parts?: Readonly<Record<string, string>>;
  /** The answer by media type; null: bytes or text without a schema. */
  readonly answers: readonly { readonly type: string; readonly schema: z.ZodType | null; readonly path?: string }[];
  /** When 202 is answered, where it may be. */
  readonly later?: string;
  /** Path and query of a question that shows it; null where an answer never ends. */
  readonly example: string | null;
  /** Columns of its tables: CSV, Parquet and the properties of GeoJSON. */
  readonly columns?: readonly ToldColumn[];
};

const OPERATIONS = new WeakMap<FastifyInstance, Operation[]>();

/** Adds what a route answers to the description of the API. */
export function addOperation(app: FastifyInstance, operation: Operation): void {
  OPERATIONS.set(app, [...operationsOf(app), operation]);
}

/** Everything that was described, in the order of adding. */
export function operationsOf(app: FastifyInstance): readonly Operation[] {
  return OPERATIONS.get(app) ?? [];
}

type ListingParts = {
  readonly name: string;
  readonly member?: string;
  readonly about?: Names;
  readonly query: z.ZodObject;
  readonly row?: z.ZodType;
  readonly more?: z.ZodRawShape;
  readonly columns: readonly ToldColumn[];
  readonly example?: string;
};

/** What a table's routes answer. */
export function listingOperation(listing: ListingParts, formats: readonly Format[]): Operation {
  const { name, member = name, about, query, row = z.unknown(), more = {}, columns, example = "" } = listing;
  const schema = z.strictObject({
    ...ENVELOPE,
    ...more,
    names: RowNames,
    [member]: z.array(row),
    next: z.string().nullable().describe("cursor of the next page; null at the end"),
  });
  const path = `/api/v1/${name}`;
  return {
    id: name,
    path,
    tag: "data",
    about: about ?? { en: name, ru: name, kk: name },
    query: query.extend({ lang: PARAMETERS.lang }),
    answers: formats.map((format) => ({
      type: plainType(format),
      path: `${path}.${format}`,
      schema: format === "json" ? schema : null,
    })),
    example: `${path}${example === "" ? "" : `?${example}`}`,
    columns,
  };
}
