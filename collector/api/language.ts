import type { Language } from "./types.ts";

export const LANGUAGES: readonly Language[] = ["kk", "ru", "en"];

/** The reader's language: what was asked for, else the best of an Accept-Language header, else English. */
export function chooseLanguage(asked: Language | undefined, acceptLanguage: string | undefined): Language {
  return asked ?? preferred(acceptLanguage ?? "") ?? "en";
}

function preferred(header: string): Language | undefined {
  const wishes = header
    .split(",")
    .slice(0, 32)
    .map((part) => {
      const [tag = "", quality] = part.trim().split(/\s*;\s*q=/);
      return { base: tag.toLowerCase().split("-")[0], quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { base } of wishes) {
    const language = LANGUAGES.find((known) => known === base);
    if (language !== undefined) return language;
  }
  return undefined;
}
