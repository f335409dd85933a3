import type { Language } from "../../collector/api/types.ts";
import { TEXT_PAGES } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { LEGAL_VIEWS, STATEMENTS_VIEWS, TARGET_LAW_VIEWS } from "./law-views.ts";
import { PUBLISHED_VIEWS } from "./published-views.ts";
import { stamp } from "./view-parts.ts";
import { INCIDENT_VIEWS, NOW_VIEWS, TARGET_VIEWS, TARGETS_VIEWS, TIMELINE_VIEWS } from "./views.ts";

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
  ...made("i", PUBLISHED_VIEWS, pages.incident),
  ...made("target", TARGET_LAW_VIEWS, pages.target),
  ...made("statements", STATEMENTS_VIEWS, pages.statements),
  ...made("legal", LEGAL_VIEWS, pages.legal),
  ...made("targets", TARGETS_VIEWS, pages.targets),
  ...made("target", TARGET_VIEWS, pages.target),
  ...TEXT_PAGES.map((page): [string, Make] => [`text/${page}`, (language) => pages.text(page, stamp(), language)]),
]);
