import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addOperation } from "../spec/operation.ts";

/** `GET /healthz`: whether the collector runs. */
export function addHealthz(app: FastifyInstance): void {
  app.get("/healthz", async (_request, reply) => reply.header("cache-control", "no-store").send({ ok: true }));
  addOperation(app, {
    ...{ id: "healthz", path: "/healthz", tag: "live", query: null, example: "/healthz" },
    about: {
      en: "Whether the collector runs.",
      ru: "Работает ли сборщик.",
      kk: "Жинақтаушының жұмыс істеп тұрғаны.",
    },
    answers: [{ type: "application/json", schema: z.strictObject({ ok: z.literal(true) }) }],
  });
}
