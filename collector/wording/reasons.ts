import type { Language } from "../api/types.ts";

/** A ground of the analysis in a language, and which language that is where it could not be told in the one asked for. */
export function reasonText(language: Language, reason: string): string | { text: string; lang: "en" } {
  if (language === "en") return reason;
  return { text: reason, lang: "en" };
}
