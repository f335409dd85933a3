import type { Language, TextPage } from "../../collector/api/types.ts";
import { aboutEn } from "./about-en.ts";
import { aboutKk } from "./about-kk.ts";
import { aboutRu } from "./about-ru.ts";
import { glossaryEn } from "./glossary-en.ts";
import { glossaryKk } from "./glossary-kk.ts";
import { glossaryRu } from "./glossary-ru.ts";
import { joinEn } from "./join-en.ts";
import { joinKk } from "./join-kk.ts";
import { joinRu } from "./join-ru.ts";
import { limitsEn } from "./limits-en.ts";
import { limitsKk } from "./limits-kk.ts";
import { limitsRu } from "./limits-ru.ts";
import { methodEn } from "./method-en.ts";
import { methodKk } from "./method-kk.ts";
import { methodRu } from "./method-ru.ts";
import type { MethodProse, Prose } from "./prose.ts";

/** The page about the method in each language. */
export const METHOD: Readonly<Record<Language, MethodProse>> = { kk: methodKk, ru: methodRu, en: methodEn };

/** Every page of text in each language. */
export const PROSE: Readonly<Record<TextPage, Readonly<Record<Language, Prose>>>> = {
  methodology: METHOD,
  limits: { kk: limitsKk, ru: limitsRu, en: limitsEn },
  glossary: { kk: glossaryKk, ru: glossaryRu, en: glossaryEn },
  join: { kk: joinKk, ru: joinRu, en: joinEn },
  about: { kk: aboutKk, ru: aboutRu, en: aboutEn },
};
