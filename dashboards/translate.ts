import { IntlMessageFormat } from "intl-messageformat";
import { type Language, LEAST_PROBES } from "../collector/api/types.ts";
import { en, type MessageKey } from "./catalogue/en.ts";
import { kk } from "./catalogue/kk.ts";
import { ru } from "./catalogue/ru.ts";

export type { MessageKey } from "./catalogue/en.ts";

/** Every catalogue; the compiler refuses one that lacks a key. */
export const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { kk, ru, en };

export const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

/** Text of a key with its values filled in. Throws (a fault of ours) when a value that the message needs is missing. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const compiled = new Map<string, IntlMessageFormat>();

/**
 * The translator of one language: ICU messages, plurals by the rules of that language. Any message may tell the fewest
 * probes that are counted in public (`least`), and the most that are not (`most`).
 */
export function translator(language: Language, enoughProbes: number = LEAST_PROBES): Translate {
  const thresholds = { least: enoughProbes, most: enoughProbes - 1 };
  return (key, values = {}) => {
    const id = `${language}:${key}`;
    const known = compiled.get(id);
    // Tags are not markup here: what a message makes is plain text, escaped when it enters a page.
    const message = known ?? new IntlMessageFormat(CATALOGUES[language][key], language, {}, { ignoreTag: true });
    if (known === undefined) compiled.set(id, message);
    // A Russian date ends in "г.": that is the full stop of its sentence too.
    return String(message.format<string>({ ...thresholds, ...values })).replaceAll("г..", "г.");
  };
}
