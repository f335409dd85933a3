import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Category } from "../../../protocol/target.ts";
import { incidentView } from "../incident-view.ts";
import { chooseLanguage, LANGUAGES } from "../language.ts";
import { nowView } from "../now-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import { type Reader, stamp } from "../reader.ts";
import { targetView } from "../target-view.ts";
import { targetsView } from "../targets-view.ts";
import { timelineView } from "../timeline-view.ts";
import { type Language, type Pages, TEXT_PAGES } from "../types.ts";
import { timelineChoice } from "./timeline.ts";

const { from, to, as_of, region, asn, lang } = PARAMETERS;
/** Pages pass over parameters they do not know: people share addresses with trackers' parameters on them. */
const LanguageQuery = z.object({ lang });
const IncidentQuery = z.object({ as_of, lang });
/** A category of an old address that is no more shows all. */
const TargetsQuery = z.object({ category: Category.optional().catch(undefined), lang });
const TimelineQuery = z.object({ from, to, as_of, region, asn, lang });

type Answer = { text: string; found: boolean };
type Asked = { query: unknown; id: string; language: Language };
type Show = (asked: Asked) => Promise<Answer>;

/** Every page, each also under `/kk`, `/ru` and `/en`. */
export function addPages(app: FastifyInstance, reader: Reader, pages: Pages): void {
  const shows: Readonly<Record<string, Show>> = {
    "/": async ({ language }) => found(pages.now(await nowView(reader), language)),
    "/timeline": async ({ query, language }) => {
      const { lang: _lang, ...choice } = readQuery(TimelineQuery, query);
      return found(pages.timeline(await timelineView(reader, timelineChoice(choice, reader.now())), language));
    },
    "/i/:id": async ({ query, id, language }) => {
      const view = await incidentView(reader, id, readQuery(IncidentQuery, query).as_of ?? null);
      return view === null ? missing(pages, language) : found(pages.incident(view, language));
    },
    "/targets": async ({ query, language }) => {
      const { category = null } = readQuery(TargetsQuery, query);
      return found(pages.targets(await targetsView(reader, category), language));
    },
    "/targets/:id": async ({ id, language }) => {
      const view = await targetView(reader, id);
      return view === null ? missing(pages, language) : found(pages.target(view, language));
    },
  };
  for (const [path, show] of Object.entries(shows)) addPage(app, path, show);
  for (const page of TEXT_PAGES)
    addPage(app, `/${page}`, async ({ language }) => found(pages.text(page, stamp(reader, null), language)));
}

function addPage(app: FastifyInstance, path: string, show: Show): void {
  const answer = (fixed: Language | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = blanksRemoved(request.query);
    const language = languageOf(request, fixed ?? readQuery(LanguageQuery, query).lang);
    const { text, found } = await show({ query, id: idOf(request), language });
    return html(reply.code(found ? 200 : 404), language, text);
  };
  app.get(path, answer(undefined));
  for (const language of LANGUAGES) app.get(`/${language}${path === "/" ? "" : path}`, answer(language));
}

function found(text: string): Answer {
  return { text, found: true };
}

function missing(pages: Pages, language: Language): Answer {
  return { text: pages.notFound(language), found: false };
}

/** The last part of an address that names one thing. */
function idOf({ params }: FastifyRequest): string {
  return typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";
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
