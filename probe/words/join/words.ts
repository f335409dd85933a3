import type { Language } from "../../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { JoinWords } from "./vocabulary.ts";

/** What `join` asks and says, by language. */
export const JOIN_WORDS: Readonly<Record<Language, JoinWords>> = { kk, ru, en };
