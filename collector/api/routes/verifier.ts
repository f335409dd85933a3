import type { FastifyInstance } from "fastify";
import { CodedError } from "../../../protocol/coded-error.ts";
import { readVerifierPage } from "../../verify/verifier-page.ts";
import { sendProblem } from "../problem.ts";

/**
 * `/verify-offline.html`: the verifier as one page, to be kept and used without this server. It allows its own script by its
 * hash; the policy of other pages would refuse that.
 */
export function addVerifier(app: FastifyInstance): void {
  app.get("/verify-offline.html", async (_request, reply) => {
    try {
      const page = readVerifierPage();
      const [, policy = "default-src 'none'"] =
        /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
      reply.header("content-security-policy", `${policy}; frame-ancestors 'none'`);
      return reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      return sendProblem(reply, { status: 404, code: "not_found", detail: error.message });
    }
  });
}
