import type { Language } from "../../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { RunWords } from "./vocabulary.ts";

/** What `run` tells at a terminal, by language. */
export const RUN_WORDS: Readonly<Record<Language, RunWords>> = { kk, ru, en };
