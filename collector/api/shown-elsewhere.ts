import type { FastifyInstance } from "fastify";

const FRAMES = /^\/(?:(?:kk|ru|en)\/)?embed\//;
const PICTURES = /^\/(?:chart|card)\//;

/** As strict as other pages, without scripts and forms; but anybody may put it into a frame. */
const FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors *",
].join("; ");

/** Lets pages of others show frames and pictures; every other page keeps `frame-ancestors 'none'`. */
export function letOthersShow(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ url }, reply) => {
    const isFrame = FRAMES.test(url);
    if (!isFrame && !PICTURES.test(url)) return;
    reply.header("cross-origin-resource-policy", "cross-origin");
    reply.removeHeader("x-frame-options");
    if (isFrame) reply.header("content-security-policy", FRAME_POLICY);
  });
}
