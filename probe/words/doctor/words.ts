import type { Language } from "../../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";
import type { DoctorWords } from "./vocabulary.ts";

/** What `doctor` says, by language. */
export const DOCTOR_WORDS: Readonly<Record<Language, DoctorWords>> = { kk, ru, en };
