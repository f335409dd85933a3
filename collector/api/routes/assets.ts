import type { FastifyInstance } from "fastify";
import { sendProblem } from "../problem.ts";
import type { Pages } from "../types.ts";

/** `GET /assets/*`: the pages' own files, from memory. */
export function addAssets(app: FastifyInstance, pages: Pick<Pages, "assets">): void {
  app.get<{ Params: { "*": string } }>("/assets/*", async (request, reply) => {
    const asset = pages.assets.get(request.params["*"]);
    if (asset === undefined) return sendProblem(reply, { status: 404, code: "not_found", detail: "No such file." });
    return reply.type(asset.type).header("cache-control", "public, max-age=300").send(asset.body);
  });
}
