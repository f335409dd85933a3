import { z } from "zod";
import { WorldEvent } from "../../../protocol/event.ts";
import { Incident } from "../../../protocol/incident.ts";
import { Target } from "../../../protocol/target.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import { Problem } from "../../../protocol/wire.ts";
import { AnswerCoverage } from "../envelope.ts";
import { RowNames } from "../row-names.ts";
import type { Operation, ToldColumn } from "./operation.ts";

type Json = { [key: string]: unknown };

/** Schemas with a name of their own in the description. */
const NAMED = { Incident, WorldEvent, Target, Verdict, Problem, AnswerCoverage, RowNames };

/** Statuses that any question may get, with when. */
const ERRORS = {
  400: "a parameter is wrong; the detail names it",
  404: "there is no such thing",
  422: "the question covers too much; the detail says how to ask for less",
  429: "too many questions in a short time",
  503: "the collector cannot answer now",
};

export type SpecParts = { readonly version: string; readonly publicUrl: string | null };

/** The API as OpenAPI 3.1, from the schemas that read questions and describe answers. */
export function openApi(operations: readonly Operation[], { version, publicUrl }: SpecParts): Json {
  const schemas: Json = {};
  const toJson = schemaWriter(schemas);
  const paths: Json = {};
  for (const operation of operations) {
    paths[operation.path] = { get: operationObject(operation, toJson) };
    for (const { path, type, schema } of operation.answers)
      if (path !== undefined && path !== operation.path)
        paths[path] = {
          get: operationObject(
            { ...operation, id: `${operation.id}_${path.split(".").at(-1)}`, answers: [{ type, schema }] },
            toJson,
          ),
        };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Kuager",
      version,
      summary: "Measurements of internet shutdowns, throttling and website blocking in Kazakhstan",
      description: "Fields may be added; none is taken away or changes its meaning within v1.",
      license: { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
    },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: publicUrl ?? "/" }],
    paths,
    components: { schemas },
  };
}

type ToJson = (schema: z.ZodType, io: "input" | "output") => Json;

/** Turns schemas to JSON Schema; those with a name are written once into `components`. */
function schemaWriter(components: Json): ToJson {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  return (schema, io) => {
    const json: Json = z.toJSONSchema(schema, { io, unrepresentable: "any", metadata: registry });
    const { $defs, $schema: _schema, ...rest } = json;
    if (typeof $defs === "object" && $defs !== null)
      for (const [name, definition] of Object.entries($defs)) components[name] ??= published(definition);
    return published(rest);
  };
}

/** References point to `components`; objects may have members that are not described yet. */
function published(value: unknown): Json {
  // The cast is sound: what goes in is an object, and so is what comes out.
  return walk(value) as Json;
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    if (key === "additionalProperties" && one === false) return [];
    if (key === "id" && typeof one === "string") return [];
    if (key === "$ref" && typeof one === "string") return [[key, one.replace("#/$defs/", "#/components/schemas/")]];
    return [[key, walk(one)]];
  });
  return Object.fromEntries(entries);
}

function operationObject(operation: Operation, toJson: ToJson): Json {
  const { id, tag, about, query, parts = {}, answers, columns, later } = operation;
  const content = Object.fromEntries(
    answers.map(({ type, schema }) => [
      type,
      {
        ...(schema !== null && { schema: toJson(schema, "output") }),
        // What a schema cannot say of a table: its columns.
        ...(type === "text/csv" && columns !== undefined && { "x-columns": columns.map(toldColumn) }),
      },
    ]),
  );
  return {
    operationId: id.replaceAll(/\W/g, "_"),
    tags: [tag],
    summary: about.en,
    parameters: [...pathParameters(parts), ...(query === null ? [] : queryParameters(query, toJson))],
    responses: {
      200: { description: "the answer", content },
      ...(later !== undefined && { 202: { description: later } }),
      ...Object.fromEntries(
        Object.entries(ERRORS).map(([status, description]) => [
          status,
          { description, content: { "application/problem+json": { schema: toJson(Problem, "output") } } },
        ]),
      ),
    },
  };
}

function toldColumn({ name, type = "text", unit, about }: ToldColumn): Json {
  return { name, type, ...(unit !== undefined && { unit }), about };
}

function pathParameters(parts: Readonly<Record<string, string>>): Json[] {
  return Object.entries(parts).map(([name, description]) => ({
    ...{ name, in: "path", required: true, description },
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject, toJson: ToJson): Json[] {
  const { properties } = toJson(query, "input");
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = typeof schema === "object" && schema !== null ? (schema as Json) : {};
    return { name, in: "query", required: false, ...(description !== undefined && { description }), schema: rest };
  });
}
