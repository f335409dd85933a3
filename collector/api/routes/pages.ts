import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Category } from "../../../protocol/target.ts";
import { quarterNamed } from "../../legal/quarterly.ts";
import { chooseLanguage, LANGUAGES } from "../language.ts";
import { legalView } from "../legal-view.ts";
import { nowView } from "../now-view.ts";
import { PARAMETERS, readQuery } from "../query.ts";
import { type Reader, stamp } from "../reader.ts";
import { statementsView } from "../statements-view.ts";
import { targetView } from "../target-view.ts";
import { targetsView } from "../targets-view.ts";
import { timelineView } from "../timeline-view.ts";
import { type Language, type Pages, TEXT_PAGES } from "../types.ts";
import { QuarterName } from "./legal.ts";
import { timelineChoice } from "./timeline.ts";

const { from, to, as_of, region, asn, lang } = PARAMETERS;
/** Pages pass over parameters they do not know: people share addresses with trackers' parameters on them. */
const LanguageQuery = z.object({ lang });
/** A category of an old address that is no more shows all. */
const TargetsQuery = z.object({ category: Category.optional().catch(undefined), lang });
/** A quarter that is none shows the latest. */
const LegalQuery = z.object({ quarter: QuarterName.optional().catch(undefined), lang });
const TimelineQuery = z.object({ from, to, as_of, region, asn, lang });

/** A page, or the address to which the reader is sent on. */
type Answer = { text: string; found: boolean } | { to: string };
/** `prefix` is the part of the address that fixes the language; empty where the reader's own choice holds. */
type Asked = {
  query: unknown;
  id: string;
  language: Language;
  prefix: string;
  params: Readonly<Record<string, string>>;
};
export type Show = (asked: Asked) => Promise<Answer>;

/** Every page, each also under `/kk`, `/ru` and `/en`. */
export function addPages(app: FastifyInstance, reader: Reader, pages: Pages): void {
  const shows: Readonly<Record<string, Show>> = {
    "/": async ({ language }) => found(pages.now(await nowView(reader), language)),
    "/timeline": async ({ query, language }) => {
      const { lang: _lang, ...choice } = readQuery(TimelineQuery, query);
      return found(pages.timeline(await timelineView(reader, timelineChoice(choice, reader.now())), language));
    },
    "/targets": async ({ query, language }) => {
      const { category = null } = readQuery(TargetsQuery, query);
      return found(pages.targets(await targetsView(reader, category), language));
    },
    "/targets/:id": async ({ id, language }) => {
      const view = await targetView(reader, id);
      return view === null ? missing(pages, language) : found(pages.target(view, language));
    },
    "/statements": async ({ language }) => found(pages.statements(await statementsView(reader), language)),
    "/legal": async ({ query, language }) => {
      const { quarter } = readQuery(LegalQuery, query);
      return found(
        pages.legal(await legalView(reader, quarter === undefined ? null : quarterNamed(quarter)), language),
      );
    },
  };
  for (const [path, show] of Object.entries(shows)) addPage(app, path, show);
  for (const page of TEXT_PAGES)
    addPage(app, `/${page}`, async ({ language }) => found(pages.text(page, stamp(reader, null), language)));
}

/** Adds one page, also under `/kk`, `/ru` and `/en`. */
export function addPage(app: FastifyInstance, path: string, show: Show): void {
  const answer = (fixed: Language | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = blanksRemoved(request.query);
    const language = languageOf(request, fixed ?? readQuery(LanguageQuery, query).lang);
    const params = paramsOf(request);
    const prefix = fixed === undefined ? "" : `/${fixed}`;
    const shown = await show({ query, id: params.id ?? "", language, prefix, params });
    if ("to" in shown) return reply.header("cache-control", "public, max-age=10").redirect(shown.to, 302);
    return html(reply.code(shown.found ? 200 : 404), language, shown.text);
  };
  app.get(path, answer(undefined));
  for (const language of LANGUAGES) app.get(`/${language}${path === "/" ? "" : path}`, answer(language));
}

/** A page that there is. */
export function found(text: string): Answer {
  return { text, found: true };
}

/** The page that says that there is none. */
export function missing(pages: Pages, language: Language): Answer {
  return { text: pages.notFound(language), found: false };
}

/** The parts of an address that name something, by their names in the route. */
function paramsOf({ params }: FastifyRequest): Record<string, string> {
  if (typeof params !== "object" || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
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
