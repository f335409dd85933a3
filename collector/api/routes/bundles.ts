import { createReadStream } from "node:fs";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type BundleShelf, bundleName, type MadeBundle } from "../../bundles/shelf.ts";
import { sendProblem } from "../problem.ts";
import type { Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";

const FILE = /^(KZ-\d{4}-\d{4,6})-v([1-9]\d{0,5})\.zip(\.sha256)?$/;
const FOR_EVER = "public, max-age=31536000, immutable";
const RETRY_S = 20;

/**
 * `/bundles/KZ-2026-0042-v3.zip`: the evidence of a published version (with Range), and `….zip.sha256` its hash as sha256sum
 * prints it. One that was not made yet is made then: 202, and the browser asks again.
 */
export function addBundles(app: FastifyInstance, { store, bundles }: Reader): void {
  app.get<{ Params: { file: string } }>("/bundles/:file", async (request, reply) => {
    const [, number = "", version, hash] = FILE.exec(request.params.file) ?? [];
    const wanted = (await store.publications.versions(number)).find((one) => one.version === Number(version));
    if (wanted === undefined || bundles === undefined)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "There is no such bundle." });
    const made = bundles.find(wanted);
    if (made === null) return ordered(reply, bundles, wanted);
    if (hash !== undefined) return text(reply.header("cache-control", FOR_EVER), `${made.sha256}  ${made.name}.zip\n`);
    return sendFile(request, reply, made);
  });
  addOperation(app, {
    ...{ id: "bundle", path: "/bundles/{file}", tag: "bulk", query: null },
    about: {
      en: "The evidence of one published version as a ZIP, and its SHA-256 as sha256sum prints it; 202 while it is being made.",
      ru: "Доказательства одной опубликованной версии в ZIP и их SHA-256, как пишет sha256sum; 202, пока файл готовится.",
      kk: "Бір жарияланған нұсқаның дәлелдері ZIP күйінде және оның SHA-256 хеші, sha256sum жазғандай; файл дайындалып жатса — 202.",
    },
    parts: { file: "such as KZ-2026-0042-v3.zip or KZ-2026-0042-v3.zip.sha256" },
    answers: [
      { type: "application/zip", schema: null },
      { type: "text/plain", schema: null },
    ],
    later: "it is being made; ask again after the seconds of Retry-After",
    example: null,
  });
}

function ordered(reply: FastifyReply, bundles: BundleShelf, wanted: Parameters<BundleShelf["order"]>[0]) {
  if (!bundles.order(wanted))
    return sendProblem(reply, {
      status: 503,
      code: "try_later",
      detail: "Too many bundles are asked for, or there is no room for more.",
      retryAfterS: 600,
    });
  // A browser without script asks again by itself.
  reply.code(202).headers({ refresh: String(RETRY_S), "retry-after": String(RETRY_S), "cache-control": "no-store" });
  const name = bundleName(wanted);
  return text(
    reply,
    [
      `${name}: дәлелдер бумасы дайындалып жатыр, жүктеу өзі басталады.`,
      `${name}: пакет доказательств готовится, загрузка начнётся сама.`,
      `${name}: the evidence bundle is being made; the download begins by itself.`,
      "",
    ].join("\n"),
  );
}

function text(reply: FastifyReply, body: string) {
  return reply.type("text/plain; charset=utf-8").send(body);
}

/** The file, or the part of it that a Range asks for (RFC 9110 section 14); more than one part gives the whole. */
function sendFile(request: FastifyRequest, reply: FastifyReply, { path, bytes, sha256, name }: MadeBundle) {
  const etag = `"${sha256}"`;
  reply.headers({
    ...{ etag, "accept-ranges": "bytes", "cache-control": FOR_EVER },
    "content-disposition": `attachment; filename="${name}.zip"`,
  });
  reply.type("application/zip");
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  const { range } = request.headers;
  const whole = { start: 0, end: bytes - 1 };
  const isCurrent = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
  const part = range === undefined || !isCurrent ? whole : partOf(range, bytes);
  if (part === null) return reply.code(416).header("content-range", `bytes */${bytes}`).send();
  if (part !== whole && part !== undefined)
    reply.code(206).header("content-range", `bytes ${part.start}-${part.end}/${bytes}`);
  const { start, end } = part ?? whole;
  reply.header("content-length", String(end - start + 1));
  return reply.send(createReadStream(path, { start, end }));
}

/** First and last byte of a range; null when it lies outside, undefined when it is none that is served. */
function partOf(range: string, bytes: number): { start: number; end: number } | null | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range) ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  return start > end || start >= bytes || (from === "" && to === "0") ? null : { start, end };
}
