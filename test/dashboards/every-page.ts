import type { Language } from "../../collector/api/types.ts";
import { TEXT_PAGES } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { LEGAL_VIEWS, PUBLISHED_VIEWS, STATEMENTS_VIEWS } from "./published-views.ts";
import { stamp } from "./view-parts.ts";
import {
  EVENTS_VIEWS,
  EXPLORE_VIEWS,
  FLEET_VIEWS,
  INCIDENT_VIEWS,
  INCIDENTS_VIEWS,
  MATRIX_VIEWS,
  NOW_VIEWS,
  PLACE_VIEWS,
  PLACES_VIEWS,
  TARGET_VIEWS,
  TARGETS_VIEWS,
  TIMELINE_VIEWS,
} from "./views.ts";

type Make = (language: Language) => string;

function made<V>(kind: string, views: Readonly<Record<string, V>>, make: (view: V, language: Language) => string) {
  return Object.entries(views).map(([name, view]): [string, Make] => [
    `${kind}/${name}`,
    (language) => make(view, language),
  ]);
}

/** Every fixture page by kind and situation, such as `now/cityCut`. */
export const EVERY_PAGE: ReadonlyMap<string, Make> = new Map([
  ...made("now", NOW_VIEWS, pages.now),
  ...made("timeline", TIMELINE_VIEWS, pages.timeline),
  ...made("i", INCIDENT_VIEWS, pages.incident),
  ...made("incidents", INCIDENTS_VIEWS, pages.incidents),
  ...made("i", PUBLISHED_VIEWS, pages.incident),
  ...made("statements", STATEMENTS_VIEWS, pages.statements),
  ...made("legal", LEGAL_VIEWS, pages.legal),
  ...made("targets", TARGETS_VIEWS, pages.targets),
  ...made("target", TARGET_VIEWS, pages.target),
  ...made("places", PLACES_VIEWS, pages.places),
  ...made("place", PLACE_VIEWS, pages.place),
  ...made("matrix", MATRIX_VIEWS, pages.matrix),
  ...made("events", EVENTS_VIEWS, pages.events),
  ...made("fleet", FLEET_VIEWS, pages.fleet),
  ...made("explore", EXPLORE_VIEWS, pages.explore),
  ...TEXT_PAGES.map((page): [string, Make] => [`text/${page}`, (language) => textOf(page, language)]),
  ["text/methodology-v2", (language): string => textOf("methodology", language, "2")],
  ["text/refused", (language): string => pages.refused("from: expected a UTC time", language)],
]);

function textOf(page: (typeof TEXT_PAGES)[number], language: Language, version?: string): string {
  return pages.text(page, stamp(), language, version) ?? pages.notFound(language);
}
