import { IncidentNumber } from "../../protocol/publication.ts";
import type { Target } from "../../protocol/target.ts";
import type { Store } from "../store/store.ts";

/** What a legal basis is of. */
export type LegalSubject = { readonly incident: string } | { readonly target: string };

/** A subject as it is typed into one field: the number of an incident, or else a site. Pure. */
export function subjectOf(text: string): LegalSubject {
  return IncidentNumber.safeParse(text).success ? { incident: text } : { target: text };
}

/** Whether there is such a thing: an incident that was published here, or a site of the list. */
export async function isKnownSubject(
  subject: LegalSubject,
  { publications }: Pick<Store, "publications">,
  targets: readonly Pick<Target, "id">[],
): Promise<boolean> {
  if ("incident" in subject) return (await publications.versions(subject.incident)).length > 0;
  return targets.some(({ id }) => id === subject.target);
}
