import type { FastifyInstance, FastifyRequest } from "fastify";
import { CodedError } from "../../protocol/coded-error.ts";

/** What a form sent: the values of each field, in order. */
export type Form = {
  readonly one: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly file: (name: string) => Uint8Array | null;
  /** Every field with its value, files left out. */
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** Largest body of a form with a file in it. */
export const FILE_FORM_BYTES = 10 * 1024 * 1024;
const FIELDS_MAX = 1000;

/** Takes forms as browsers send them; any other body is refused with 415. */
export function takeForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const types = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];
  app.addContentTypeParser(types, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

/** The form of a request. Error: `bad_query` for a body that is none. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return formOf([...new URLSearchParams(body.toString("utf8"))], new Map());
  try {
    const data = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const fields: [string, string][] = [];
    const files = new Map<string, Uint8Array>();
    for (const [name, value] of data)
      if (typeof value === "string") fields.push([name, value]);
      else files.set(name, new Uint8Array(await value.arrayBuffer()));
    return formOf(fields, files);
  } catch (error) {
    throw new CodedError("bad_query", "The form cannot be read.", { cause: error });
  }
}

function formOf(fields: readonly (readonly [string, string])[], files: ReadonlyMap<string, Uint8Array>): Form {
  const list = fields.slice(0, FIELDS_MAX);
  const all = (name: string) => list.filter(([key]) => key === name).map(([, value]) => value);
  return {
    all,
    one: (name) => (all(name)[0] ?? "").trim(),
    file: (name) => {
      const bytes = files.get(name);
      return bytes === undefined || bytes.length === 0 ? null : bytes;
    },
    fields: list,
  };
}
