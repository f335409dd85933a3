import type { Language } from "../../api/types.ts";
import type { ReportWords } from "./words.ts";
import { enReport } from "./words-en.ts";
import { kkReport } from "./words-kk.ts";
import { ruReport } from "./words-ru.ts";

/** Words of the report by language. */
export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { kk: kkReport, ru: ruReport, en: enReport };
