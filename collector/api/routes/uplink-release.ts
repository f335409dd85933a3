import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { LoadedRelease } from "../../release.ts";
import { sendProblem } from "../problem.ts";

/** `GET /uplink/v1/release`: the signed release of the probe that this collector offers; below it, its files by name. */
export function addUplinkRelease(app: FastifyInstance, release: LoadedRelease | null): void {
  app.get("/uplink/v1/release", async (_request, reply) => {
    if (release === null)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No release is offered." });
    return reply.header("cache-control", "no-store").send(release.signed);
  });
  app.get<{ Params: { "*": string } }>("/uplink/v1/release/*", async (request, reply) => {
    // Only names that the signature covers; a name is never made into a path before it was found among them.
    const file = release?.signed.release.files.find(({ name }) => name === request.params["*"]);
    if (release === null || file === undefined)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No such file." });
    const stream = createReadStream(join(release.folder, file.name));
    return reply.type("application/octet-stream").header("content-length", file.bytes).send(stream);
  });
}
