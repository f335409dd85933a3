import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";

type Json = { [key: string]: unknown };
type Spec = {
  paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema?: Json }> }> } }>;
};

/** Checks answers of a collector against the description that it gives of itself. */
export type Described = {
  readonly spec: Spec & Json;
  /** Checks one answer: its path, status and type must be described, and its body fit the schema, with no member more. */
  check: (path: string, answer: { status: number; type: string; text: string }) => void;
};

/** Reads `/openapi.json` of a collector. */
export async function describedBy(url: string): Promise<Described> {
  const spec = (await (await fetch(`${url}/openapi.json`)).json()) as Spec & Json;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // The plugin is CommonJS: its function is the default of its default.
  (addFormats as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
  ajv.addSchema(closed(spec) as Json, "spec");
  const schemaAt = (pointer: string) => {
    const validate = ajv.getSchema(`spec#${pointer}`);
    if (validate === undefined) throw new Error(`no schema at ${pointer}`);
    return validate;
  };
  return {
    spec,
    check: (address, { status, type, text }) => {
      const path = pathOf(spec, address.split("?")[0] ?? "");
      const plain = type.split(";")[0] ?? "";
      const content = spec.paths[path]?.get.responses[status]?.content[plain];
      expect(content, `${path} ${status} ${plain} is described`).toBeDefined();
      if (content?.schema === undefined) return;
      const pointer = ["paths", path, "get", "responses", String(status), "content", plain, "schema"];
      const validate = schemaAt(pointer.map((part) => `/${encodeURIComponent(escaped(part))}`).join(""));
      const valid = validate(JSON.parse(text));
      expect(valid ? [] : validate.errors, `${address} is as described`).toEqual([]);
    },
  };
}

function escaped(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The path of the description that an address asks: itself, or one with parts that vary. */
function pathOf(spec: Spec, path: string): string {
  if (path in spec.paths) return path;
  const fits = (template: string) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
  return Object.keys(spec.paths).find((template) => template.includes("{") && fits(template)) ?? path;
}

/** Objects whose members are described have no others: the description leaves that open for later, the tests do not. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, closed(one)] as const);
  const result: Json = Object.fromEntries(entries);
  if (result.type === "object" && result.properties !== undefined) result.additionalProperties ??= false;
  return result;
}
