import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { chooseLanguage, LANGUAGES } from "../language.ts";
import { nowView } from "../now-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { timelineView } from "../timeline-view.ts";
import type { Language, Pages } from "../types.ts";
import { timelineChoice } from "./timeline.ts";

const { from, to, as_of, region, asn, lang } = PARAMETERS;
/** Pages pass over parameters they do not know: people share addresses with trackers' parameters on them. */
const NowQuery = z.object({ lang });
const TimelineQuery = z.object({ from, to, as_of, region, asn, lang });

/** The pages `/` and `/timeline`, each also under `/kk`, `/ru` and `/en`. */
export function addPages(app: FastifyInstance, reader: Reader, pages: Pages): void {
  const now = (fixed: Language | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = readQuery(NowQuery, blanksRemoved(request.query));
    const language = languageOf(request, fixed ?? query.lang);
    return html(reply, language, pages.now(await nowView(reader), language));
  };
  const timeline = (fixed: Language | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = readQuery(TimelineQuery, blanksRemoved(request.query));
    const language = languageOf(request, fixed ?? query.lang);
    const view = await timelineView(reader, timelineChoice(query, reader.now()));
    return html(reply, language, pages.timeline(view, language));
  };
  app.get("/", now(undefined));
  app.get("/timeline", timeline(undefined));
  for (const language of LANGUAGES) {
    app.get(`/${language}`, now(language));
    app.get(`/${language}/timeline`, timeline(language));
  }
}

/** The language of a request: fixed by its address, else by its header. */
export function languageOf(request: FastifyRequest, asked: Language | undefined): Language {
  const first = request.url.split(/[/?]/)[1];
  const inPath = LANGUAGES.find((language) => language === first);
  return chooseLanguage(asked ?? inPath, request.headers["accept-language"]);
}

/** Sends a page. */
export function html(reply: FastifyReply, language: Language, text: string) {
  return reply
    .type("text/html; charset=utf-8")
    .header("content-language", language)
    .header("vary", "accept-language")
    .header("cache-control", "public, max-age=10")
    .send(text);
}

/** A form without script sends its empty fields too. */
function blanksRemoved(query: unknown): unknown {
  if (typeof query !== "object" || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}
