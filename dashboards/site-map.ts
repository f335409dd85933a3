import type { Language } from "../collector/api/types.ts";

/** Every page that stands at an address of its own, in groups as a reader would look for them. */
export const SITE_MAP = [
  { group: "seen", pages: ["now", "timeline", "matrix", "incidents", "events"] },
  { group: "places", pages: ["regions", "networks", "targets"] },
  { group: "trust", pages: ["fleet", "methodology", "limits", "glossary", "verify"] },
  { group: "use", pages: ["data", "explore", "api", "feeds", "cite"] },
  { group: "people", pages: ["join", "risks", "about"] },
] as const;

export type PageName = (typeof SITE_MAP)[number]["pages"][number];

/** Pages named at the head of each page; all others stand at its foot. */
export const MAIN_PAGES = [
  "now",
  "timeline",
  "incidents",
  "targets",
  "regions",
  "networks",
  "matrix",
  "fleet",
  "methodology",
  "data",
] as const satisfies readonly PageName[];

/** Address of a page without any choice made on it. */
export function pageHref(language: Language, page: PageName): string {
  return page === "now" ? `/${language}` : `/${language}/${page}`;
}
