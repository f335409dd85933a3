import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import pLimit from "p-limit";
import { CodedError } from "../../../protocol/coded-error.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import type { Pages } from "../types.ts";
import { PAGE_QUERIES, withLocalTimes } from "../views/page-query.ts";
import { describeCharts } from "./chart-operations.ts";
import { languageOf, siteOf } from "./page.ts";
import { type Makers, makeShown } from "./shown-views.ts";

/** Pictures drawn at once, those that may wait, and those kept ready; a picture takes some tenths of a second. */
const AT_ONCE = 1;
const WAITING_MOST = 16;
const KEPT_MOST = 64;
const KEPT_MS = 30_000;
const FRESH_S = 60;

/**
 * `GET /chart/….png` and `….svg`: every chart of the pages as a picture that stands for itself. `GET /card/….png`, `….svg`: the
 * pictures that messengers show beside a link. Pages of others may show them.
 */
export function addCharts(app: FastifyInstance, reader: Reader, pages: Pages): void {
  describeCharts(app);
  const kept = createShelf();
  const add = (folder: string, makers: Makers, endings: RegExp) =>
    app.get<{ Params: { "*": string } }>(`/${folder}/*`, async (request, reply) => {
      const query = withLocalTimes(request.query, reader.catalogue);
      const language = languageOf(request, readQuery(PAGE_QUERIES.language, query).lang);
      const [ending, ...others] = endings.exec(request.params["*"]) ?? [];
      if (ending === undefined || others.length > 0) return noPicture(reply);
      const path = request.params["*"].slice(0, -ending.length);
      const site = siteOf(reader, request);
      const drawn = await kept(`${site} ${language} ${request.url}`, async () => {
        const svg = await makeShown(reader, makers, path, { query, language, site });
        return svg === null || ending === ".svg" ? svg : Buffer.from(await pages.png(svg));
      });
      if (drawn === null) return noPicture(reply);
      if (typeof drawn === "string") reply.header("content-security-policy", policyOf(drawn));
      reply.type(typeof drawn === "string" ? "image/svg+xml; charset=utf-8" : "image/png");
      return reply.header("cache-control", `public, max-age=${FRESH_S}`).send(drawn);
    });
  add("chart", pages.pictures, /\.(?:png|svg)$/);
  add("card", pages.cards, /\.(?:png|svg)$/);
}

function noPicture(reply: FastifyReply) {
  return sendProblem(reply, { status: 404, code: "not_found", detail: "There is no such picture." });
}

/** An SVG document may use its own style, named by its hash, and nothing else. */
function policyOf(svg: string): string {
  const [, style = ""] = /<style>([^<]*)<\/style>/.exec(svg) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors *`;
}

type Drawn = Buffer | string | null;

/** Draws one after the other, and keeps what was drawn for a short time. Error: `try_later` while too many wait. */
function createShelf() {
  const turns = pLimit(AT_ONCE);
  const kept = new Map<string, { until: number; drawn: Promise<Drawn> }>();
  return (key: string, draw: () => Promise<Drawn>): Promise<Drawn> => {
    const known = kept.get(key);
    if (known !== undefined && known.until > Date.now()) return known.drawn;
    if (turns.pendingCount >= WAITING_MOST)
      throw new CodedError("try_later", "Too many pictures are being drawn. Ask again in a minute.");
    const drawn = turns(draw);
    drawn.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { until: Date.now() + KEPT_MS, drawn });
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_MOST))) kept.delete(old);
    return drawn;
  };
}
