import type { LegalBasis, Statement } from "../../protocol/publication.ts";
import type { Attribution } from "./words.ts";

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
