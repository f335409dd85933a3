import type { IncidentView, Language } from "../collector/api/types.ts";

/** Address of one version of a published incident, which never changes; beside an older one where it is given. */
export function versionHref(language: Language, number: string, version: number, beside: number | null = null): string {
  return `/${language}/i/${number}/v${version}${beside === null ? "" : `?diff=${beside}`}`;
}

/** The same without a language: what is cited and printed. */
export function permanentHref(number: string, version: number): string {
  return `/i/${number}/v${version}`;
}

/** Address of the page of statements. */
export function statementsHref(language: Language): string {
  return `/${language}/statements`;
}

/** Address of the page of legal bases, of one quarter where it is given. */
export function legalHref(language: Language, quarter: string | null = null): string {
  return `/${language}/legal${quarter === null ? "" : `?quarter=${quarter}`}`;
}

/** Address of the evidence of a version. */
export function bundleHref(number: string, version: number): string {
  return `/bundles/${number}-v${version}.zip`;
}

/** Address of a draft on a version. */
export function draftHref(number: string, version: number, kind: string, language: Language): string {
  return `/drafts/${number}-v${version}-${kind}.${language}.txt`;
}

/** Path of what a view shows below its language: the version where there is one, and as known now where that is asked for. */
export function ownPath({ incident, publication = null }: Pick<IncidentView, "incident" | "publication">): string {
  const version = publication?.shown ?? publication?.versions[0]?.version;
  return publication === null || version === undefined ? `i/${incident.id}` : `i/${publication.number}/v${version}`;
}

/** Path of an incident below its language, which shows its newest version, or an older one where that is shown. */
export function newestPath(view: Pick<IncidentView, "incident" | "publication">): string {
  const { publication = null } = view;
  const newest = publication?.versions[0]?.version;
  const isNewest = publication !== null && (publication.shown ?? newest) === newest;
  return isNewest && publication !== null ? `i/${publication.number}` : ownPath(view);
}

/** Address of the feed of incidents. */
export const INCIDENT_FEED = "/feeds/incidents.atom";

/** Address of the kept bytes of an answer of the registry. */
export function answerHref(sha256: string): string {
  return `/api/v1/registry/answers/${sha256}`;
}
