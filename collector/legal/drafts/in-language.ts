import type { Language } from "../../api/types.ts";
import type { DraftWords } from "./words.ts";
import { EN } from "./words-en.ts";
import { KK } from "./words-kk.ts";
import { RU } from "./words-ru.ts";

/** Words of the drafts by language. */
export const DRAFT_WORDS: Readonly<Record<Language, DraftWords>> = { kk: KK, ru: RU, en: EN };
