import type { Language } from "../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { Words } from "./vocabulary.ts";

const WORDS: Readonly<Record<Language, Words>> = { kk, ru, en };

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}

/** A sentence with its `{name}` places filled. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
