import { en } from "./words-en.ts";
import { kk } from "./words-kk.ts";
import { ru } from "./words-ru.ts";

/** Words of the page by language. */
export const PAGE_WORDS = { kk, ru, en } as const;
