import type { Incident } from "../../protocol/incident.ts";
import type { LegalBasis, Statement } from "../../protocol/publication.ts";
import { lengthOf } from "../wording/sentences.ts";
import type { Attribution, Length } from "../wording/words.ts";

/**
 * Who is said to be responsible, by whom: never from measurements. Documented: a document with an authority is on file.
 * Claimed: a state body or an operator has said in public that it was ordered.
 */
export function attributionOf(
  publication: { readonly legal: readonly LegalBasis[]; readonly statements: readonly Statement[] } | null,
): Attribution {
  const ordered = (publication?.legal ?? []).some(
    ({ basis, authority, document }) =>
      (basis === "court decision" || basis === "administrative order") && authority !== null && document !== null,
  );
  if (ordered) return "documented";
  const said = (publication?.statements ?? []).some(
    ({ claim, cause, body }) =>
      (body === "state" || body === "operator") &&
      (claim === "announces" || claim === "confirms" || claim === "explains") &&
      cause === "ordered cut",
  );
  return said ? "claimed" : "none";
}

/** How long an incident lasted, at least and at most; null while it is open. */
export function lastedOf({ start, end }: Incident): { least: Length; most: Length } | null {
  if (end === null) return null;
  return {
    least: lengthOf(Date.parse(end.earliest) - Date.parse(start.latest)),
    most: lengthOf(Date.parse(end.latest) - Date.parse(start.earliest)),
  };
}
