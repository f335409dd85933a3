import type { FastifyInstance, FastifyRequest } from "fastify";

/** Takes bodies of any media type as bytes, up to `limit`: what they are is judged by the ingest, not by a header. */
export function takeBytes(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: limit }, (_request, body, done) => done(null, body));
}

/** The bytes of a request taken by {@link takeBytes}. */
export function bodyBytes({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
