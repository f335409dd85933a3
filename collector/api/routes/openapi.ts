import type { FastifyInstance } from "fastify";
import { SOFTWARE } from "../../../protocol/software.ts";
import type { Reader } from "../reader.ts";
import { openApi } from "../spec/openapi.ts";
import { addOperation, operationsOf } from "../spec/operation.ts";

/** `GET /openapi.json`: the API, described by the schemas that read its questions and describe its answers. */
export function addOpenApi(app: FastifyInstance, { publicUrl = null }: Reader): void {
  let text: string | null = null;
  app.get("/openapi.json", async (_request, reply) => {
    // Made when it is first asked for: by then every route has been added.
    text ??= JSON.stringify(openApi(operationsOf(app), { version: versionOf(SOFTWARE), publicUrl }));
    return reply.type("application/json; charset=utf-8").header("cache-control", "public, max-age=300").send(text);
  });
  addOperation(app, {
    ...{ id: "openapi", path: "/openapi.json", tag: "data", query: null, example: null },
    about: {
      en: "This description for programs (OpenAPI 3.1).",
      ru: "Это описание для программ (OpenAPI 3.1).",
      kk: "Бағдарламаларға арналған осы сипаттама (OpenAPI 3.1).",
    },
    answers: [{ type: "application/json", schema: null }],
  });
}

/** The number in a software's name and number. */
function versionOf(software: string): string {
  return software.split("/")[1] ?? software;
}
