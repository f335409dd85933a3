import type { FastifyInstance } from "fastify";

/** `GET /healthz`: whether the collector runs. */
export function addHealthz(app: FastifyInstance): void {
  app.get("/healthz", async (_request, reply) => reply.header("cache-control", "no-store").send({ ok: true }));
}
