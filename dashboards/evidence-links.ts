import type { Language } from "../collector/api/types.ts";

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

/** Address of an incident as other pages may embed it. */
export function embedHref(number: string): string {
  return `/embed/i/${number}`;
}

/** Address of the feed of incidents. */
export const INCIDENT_FEED = "/feeds/incidents.atom";

/** Address of the kept bytes of an answer of the registry. */
export function answerHref(sha256: string): string {
  return `/api/v1/registry/answers/${sha256}`;
}
