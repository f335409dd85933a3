import type { WorldEvent } from "../../protocol/event.ts";
import type { Language } from "../api/types.ts";

/** A text in the language asked for; marked with its own where that is another one. */
export type MarkedText = string | { readonly text: string; readonly lang: Language };

/** The text itself, where a mark has no place: in pictures and files. */
export function unmarked(marked: MarkedText): string {
  return typeof marked === "string" ? marked : marked.text;
}

/** What an event is called: in the language asked for where it was told in it, else as its source has it. */
export function eventTitle(language: Language, { title, titles }: Pick<WorldEvent, "title" | "titles">): MarkedText {
  const own = titles?.[language];
  if (own !== undefined) return own;
  const lang = languageOf(title);
  return lang === language ? title : { text: title, lang };
}

const KAZAKH = /[әғқңөұүһі]/iu;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** The language of a short text by its letters. */
function languageOf(text: string): Language {
  if (KAZAKH.test(text)) return "kk";
  return CYRILLIC.test(text) ? "ru" : "en";
}
