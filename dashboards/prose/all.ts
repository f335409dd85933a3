import type { Language, TextPage } from "../../collector/api/types.ts";
import { aboutEn } from "./about-en.ts";
import { aboutKk } from "./about-kk.ts";
import { aboutRu } from "./about-ru.ts";
import { apiEn } from "./api-en.ts";
import { apiKk } from "./api-kk.ts";
import { apiRu } from "./api-ru.ts";
import { citeEn } from "./cite-en.ts";
import { citeKk } from "./cite-kk.ts";
import { citeRu } from "./cite-ru.ts";
import { dataEn } from "./data-en.ts";
import { dataKk } from "./data-kk.ts";
import { dataRu } from "./data-ru.ts";
import { feedsEn } from "./feeds-en.ts";
import { feedsKk } from "./feeds-kk.ts";
import { feedsRu } from "./feeds-ru.ts";
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
import { risksEn } from "./risks-en.ts";
import { risksKk } from "./risks-kk.ts";
import { risksRu } from "./risks-ru.ts";
import { verifyEn } from "./verify-en.ts";
import { verifyKk } from "./verify-kk.ts";
import { verifyRu } from "./verify-ru.ts";

/** The page about the method in each language. */
export const METHOD: Readonly<Record<Language, MethodProse>> = { kk: methodKk, ru: methodRu, en: methodEn };

/** Every page of text in each language. */
export const PROSE: Readonly<Record<TextPage, Readonly<Record<Language, Prose>>>> = {
  methodology: METHOD,
  limits: { kk: limitsKk, ru: limitsRu, en: limitsEn },
  glossary: { kk: glossaryKk, ru: glossaryRu, en: glossaryEn },
  verify: { kk: verifyKk, ru: verifyRu, en: verifyEn },
  data: { kk: dataKk, ru: dataRu, en: dataEn },
  api: { kk: apiKk, ru: apiRu, en: apiEn },
  feeds: { kk: feedsKk, ru: feedsRu, en: feedsEn },
  cite: { kk: citeKk, ru: citeRu, en: citeEn },
  join: { kk: joinKk, ru: joinRu, en: joinEn },
  risks: { kk: risksKk, ru: risksRu, en: risksEn },
  about: { kk: aboutKk, ru: aboutRu, en: aboutEn },
};
