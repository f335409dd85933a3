import type { LegalBasis } from "../../protocol/publication.ts";
import type { Language } from "../api/told.ts";

type Told = Pick<LegalBasis, "authority" | "statute" | "remedy" | "document" | "names">;

/** What a record says of a legal basis, in a language where it was put into it, else as it was recorded. */
export function legalWords({ authority, statute, remedy, document, names = {} }: Told, language: Language) {
  return {
    authority: names.authority?.[language] ?? authority,
    statute: names.statute?.[language] ?? statute,
    document: names.document?.[language] ?? document?.title ?? null,
    remedy: names.remedy?.[language] ?? remedy,
  };
}
