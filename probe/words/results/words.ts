import type { Language } from "../../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { ResultWords } from "./vocabulary.ts";

/** What `results` says, by language. */
export const RESULT_WORDS: Readonly<Record<Language, ResultWords>> = { kk, ru, en };
