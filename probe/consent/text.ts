import type { Category } from "../../protocol/target.ts";
import type { Language } from "../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";

/** Version of the consent text; a change of meaning changes it, and the collector learns it at joining. */
export const CONSENT_VERSION = "2026-11-1";

/** What a volunteer reads before anything is measured. Each part is a few short lines. */
export type ConsentText = {
  title: string;
  what: string;
  sent: { title: string; lines: readonly string[] };
  never: { title: string; lines: readonly string[] };
  seen: { title: string; lines: readonly string[] };
  notIf: { title: string; lines: readonly string[] };
  stop: { title: string; lines: readonly string[] };
  sites: { title: string; risk: Readonly<Record<1 | 2 | 3, string>>; off: string };
  categories: Readonly<Record<Category, string>>;
  question: string;
  /** Answers that mean yes, in lower case. */
  yes: readonly string[];
};

const TEXTS: Readonly<Record<Language, ConsentText>> = { kk, ru, en };

/** The consent text of a language. */
export function consentText(language: Language): ConsentText {
  return TEXTS[language];
}

/** Whether a typed answer means yes, in any of the three languages. */
export function meansYes(answer: string): boolean {
  const word = answer.trim().toLowerCase();
  return Object.values(TEXTS).some(({ yes }) => yes.includes(word));
}
