import type { Language } from "../../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { SitesWords } from "./vocabulary.ts";

/** What `sites` says, by language. */
export const SITES_WORDS: Readonly<Record<Language, SitesWords>> = { kk, ru, en };
