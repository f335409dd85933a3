import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";

/** One field that two versions tell differently; a field that one of them lacks is null there. */
export type Difference = { readonly field: string; readonly before: unknown; readonly after: unknown };

/** Made by the analysis for its own book-keeping; a version has a number and reasons of its own. */
const OWN_BOOKS: ReadonlySet<string> = new Set(["id", "version", "supersedes", "reason"]);

/** Every field in which the incident of one version differs from that of another, by name. */
export function differences(before: PublishedVersion, after: PublishedVersion): Difference[] {
  const fields = new Set([...Object.keys(before.incident), ...Object.keys(after.incident)]);
  return [...fields]
    .filter((field) => !OWN_BOOKS.has(field))
    .sort()
    .map((field) => ({ field, before: fieldOf(before.incident, field), after: fieldOf(after.incident, field) }))
    .filter((one) => canonicalJson(one.before) !== canonicalJson(one.after));
}

function fieldOf(incident: Incident, field: string): unknown {
  return new Map<string, unknown>(Object.entries(incident)).get(field) ?? null;
}
