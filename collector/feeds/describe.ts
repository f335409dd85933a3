import type { FastifyInstance } from "fastify";
import { addOperation } from "../api/spec/operation.ts";
import { FeedQuery } from "./choice.ts";

const FEEDS = [
  {
    format: "atom",
    type: "application/atom+xml",
    about: {
      en: "Published incidents as an Atom feed, picked by the parameters of its address; each version is an entry.",
      ru: "Опубликованные инциденты лентой Atom, отобранные параметрами адреса; каждая версия — запись.",
      kk: "Жарияланған инциденттер Atom таспасы түрінде, мекенжай параметрлерімен іріктеледі; әр нұсқа — бір жазба.",
    },
  },
  {
    format: "json",
    type: "application/feed+json",
    about: {
      en: "The same as a JSON Feed.",
      ru: "То же в виде JSON Feed.",
      kk: "Сол мазмұн JSON Feed түрінде.",
    },
  },
  {
    format: "ics",
    type: "text/calendar",
    about: {
      en: "The same as a calendar: each incident in its time.",
      ru: "То же календарём: каждый инцидент в своё время.",
      kk: "Сол мазмұн күнтізбе түрінде: әр инцидент өз уақытында.",
    },
  },
] as const;

/** Describes the feeds. */
export function describeFeeds(app: FastifyInstance): void {
  for (const { format, type, about } of FEEDS)
    addOperation(app, {
      ...{ id: `feed_${format}`, path: `/feeds/incidents.${format}`, tag: "live", query: FeedQuery, about },
      ...{ answers: [{ type, schema: null }], example: `/feeds/incidents.${format}?region=KZ-75` },
    });
}
