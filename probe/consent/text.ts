import type { Language } from "../config.ts";
import type { ConsentText } from "./consent-text.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";

/** Version of the consent text; a change of meaning changes it, and the collector learns it at joining. */
export const CONSENT_VERSION = "2026-11-3";

/** Whether the text of a version tells of messengers' servers and of speed: what was not told of is not measured. */
export function tellsOfExtras(version: string): boolean {
  return version !== "2026-11-1";
}

const TEXTS: Readonly<Record<Language, ConsentText>> = { kk, ru, en };

/** The consent text of a language. */
export function consentText(language: Language): ConsentText {
  return TEXTS[language];
}

/** Whether a typed answer means no, in any of the three languages. */
export function meansNo(answer: string): boolean {
  const word = answer.trim().toLowerCase();
  return Object.values(TEXTS).some(({ no }) => no.includes(word));
}

/** Whether a typed answer means yes, in any of the three languages. */
export function meansYes(answer: string): boolean {
  const word = answer.trim().toLowerCase();
  return Object.values(TEXTS).some(({ yes }) => yes.includes(word));
}
