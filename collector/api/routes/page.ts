import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CodedError } from "../../../protocol/coded-error.ts";
import { chooseLanguage, LANGUAGES } from "../language.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { type Language, type Pages, SITE } from "../types.ts";
import { PAGE_QUERIES, withLocalTimes } from "../views/page-query.ts";

/** `prefix` is the part of the address that fixes the language; empty where the reader's own choice holds. */
export type Asked = {
  query: unknown;
  id: string;
  language: Language;
  prefix: string;
  /** Address of the site, for what is shown elsewhere. */
  site: string;
  params: Readonly<Record<string, string>>;
};
/** The page, the address to which the reader is sent on, or null where there is nothing of that name. */
export type Show = (asked: Asked) => Promise<string | { to: string } | null>;

/** What a reader can mend in the address; told on a page, not as problem details. */
const REFUSALS: ReadonlySet<string> = new Set(["bad_query", "too_much"]);

export type PageParts = { readonly app: FastifyInstance; readonly reader: Reader; readonly pages: Pages };

/** Adds one page, also under `/kk`, `/ru` and `/en`. */
export function addPage({ app, reader, pages }: PageParts, path: string, show: Show): void {
  const answer = (fixed: Language | undefined) => async (request: FastifyRequest, reply: FastifyReply) => {
    const query = withLocalTimes(blanksRemoved(request.query), reader.catalogue);
    const { lang, lite } = readQuery(PAGE_QUERIES.language, query);
    const language = languageOf(request, fixed ?? lang);
    const site = siteOf(reader, request);
    const send = (code: number, text: string) =>
      html(reply.code(code), language, (lite === "1" ? pages.lite(text) : text).replaceAll(SITE, site));
    const params = paramsOf(request);
    const prefix = fixed === undefined ? "" : `/${fixed}`;
    try {
      const shown = await show({ query, id: params.id ?? "", language, prefix, site, params });
      if (shown === null) return send(404, pages.notFound(language));
      if (typeof shown === "string") return send(200, shown);
      return reply.header("cache-control", "public, max-age=10").redirect(shown.to, 302);
    } catch (error) {
      if (!(error instanceof CodedError) || !REFUSALS.has(error.code)) throw error;
      return send(400, pages.refused(error.message, language));
    }
  };
  app.get(path, answer(undefined));
  for (const language of LANGUAGES) app.get(`/${language}${path === "/" ? "" : path}`, answer(language));
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

/** Where readers reach the site: as configured, else as this one did; empty where that is no plain name of a host. */
export function siteOf({ publicUrl = null }: Pick<Reader, "publicUrl">, request: FastifyRequest): string {
  if (publicUrl !== null) return publicUrl;
  return HOST.test(request.host) ? `${request.protocol}://${request.host}` : "";
}

const HOST = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

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
