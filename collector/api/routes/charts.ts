import type { FastifyInstance, FastifyRequest } from "fastify";
import pLimit from "p-limit";
import { CodedError } from "../../../protocol/coded-error.ts";
import { nowView } from "../now-view.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { targetView } from "../target-view.ts";
import type { Language, Pages } from "../types.ts";
import { matrixView } from "../views/matrix-view.ts";
import { networkOf, PAGE_QUERIES, withLocalTimes } from "../views/page-query.ts";
import { placeView } from "../views/place-view.ts";
import { timelinePageView } from "../views/timeline-page-view.ts";
import { describeCharts } from "./chart-operations.ts";
import { languageOf } from "./page.ts";
import { timelineChoice } from "./timeline.ts";

/** Pictures drawn at once, those that may wait, and those kept ready; a picture takes some tenths of a second. */
const AT_ONCE = 1;
const WAITING_MOST = 16;
const KEPT_MOST = 64;
const KEPT_MS = 30_000;

type Asked = { query: unknown; id: string; language: Language; address: (path: string) => string };
/** The picture, or null where there is nothing of that name. */
type Draw = (asked: Asked) => Promise<Uint8Array | null>;

/** `GET /chart/….png`: every chart of the pages as a picture that stands for itself. */
export function addCharts(app: FastifyInstance, reader: Reader, pages: Pages): void {
  describeCharts(app);
  const kept = createShelf();
  for (const [path, draw] of Object.entries(charts(reader, pages)))
    app.get(`/chart/${path}`, async (request, reply) => {
      const query = withLocalTimes(request.query, reader.catalogue);
      const language = languageOf(request, readQuery(PAGE_QUERIES.language, query).lang);
      const id = fileOf(request);
      const base = reader.publicUrl ?? `${request.protocol}://${request.host}`;
      const address = (to: string) => `${base}/${language}${to}`;
      const key = `${base} ${language} ${request.url}`;
      const png = id === null ? null : await kept(key, () => draw({ query, id, language, address }));
      if (png === null)
        return sendProblem(reply, { status: 404, code: "not_found", detail: "There is no such picture." });
      return reply.type("image/png").header("cache-control", "public, max-age=60").send(Buffer.from(png));
    });
}

function charts(reader: Reader, pages: Pages): Readonly<Record<string, Draw>> {
  const { pictures } = pages;
  const place = async (region: string | null, asn: number | null, { language, address }: Asked) => {
    const view = region === null && asn === null ? null : await placeView(reader, { region, asn });
    const path = region === null ? `/networks/AS${asn}` : `/regions/${region}`;
    return view === null ? null : pictures.place(view, language, address(path));
  };
  return {
    "timeline.png": async ({ query, language, address }) => {
      const { events, ...choice } = readQuery(PAGE_QUERIES.timeline, query);
      const view = await timelinePageView(reader, timelineChoice(choice, reader.now()), events !== "0");
      const { region, asn, from, to, asOf } = view;
      const own = { region, asn, from, to, as_of: asOf, events: events === "0" ? "0" : null };
      return pictures.timeline(view, language, address(`/timeline${queryOf(own)}`));
    },
    "matrix.png": async ({ query, language, address }) => {
      const { at = null, value, sort } = readQuery(PAGE_QUERIES.matrix, query);
      const view = await matrixView(reader, { at, value, sort });
      return pictures.matrix(view, language, address(`/matrix${queryOf({ at: view.at, value })}`));
    },
    "map.png": async ({ language, address }) => pictures.map(await nowView(reader), language, address("/regions")),
    "regions/:file": (asked) => place(asked.id, null, asked),
    "networks/:file": (asked) => place(null, networkOf(asked.id), asked),
    "targets/:file": async ({ id, language, address }) => {
      const view = await targetView(reader, id, null);
      return view === null ? null : pictures.target(view, language, address(`/targets/${encodeURIComponent(id)}`));
    },
  };
}

/** What a picture is of: the file's name without its ending; empty where the path names all; null without the ending. */
function fileOf({ params, url }: FastifyRequest): string | null {
  if (typeof params === "object" && params !== null && "file" in params) {
    const file = String(params.file);
    return file.endsWith(".png") ? file.slice(0, -4) : null;
  }
  return url.split("?")[0]?.endsWith(".png") === true ? "" : null;
}

/** A query; milliseconds that say nothing are left out, since people type what they read under a picture. */
function queryOf(values: Readonly<Record<string, string | number | null>>): string {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${String(value).replace(/\.000Z$/, "Z")}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Draws one after the other, and keeps what was drawn for a short time. Error: `try_later` while too many wait. */
function createShelf() {
  const turns = pLimit(AT_ONCE);
  const kept = new Map<string, { until: number; png: Promise<Uint8Array | null> }>();
  return (key: string, draw: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> => {
    const known = kept.get(key);
    if (known !== undefined && known.until > Date.now()) return known.png;
    if (turns.pendingCount >= WAITING_MOST)
      throw new CodedError("try_later", "Too many pictures are being drawn. Ask again in a minute.");
    const png = turns(draw);
    png.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { until: Date.now() + KEPT_MS, png });
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_MOST))) kept.delete(old);
    return png;
  };
}
