import type { Language, NameBook, Numbers } from "../collector/api/types.ts";
import { INCIDENT_WORDS, type IncidentWords } from "../collector/api/wording.ts";
import { type Translate, translator } from "./translate.ts";

/** What every part of a page needs to speak: the language, its messages, names for codes, and the page's own moment. */
export type Context = {
  t: Translate;
  /** What is said of incidents, in the words that reports use. */
  said: IncidentWords;
  language: Language;
  names: NameBook;
  /** Numbers of published incidents by the id of the analysis. */
  numbers?: Numbers;
  asOf: string;
  /** Fewest probes that are counted in public. */
  enoughProbes: number;
};

/** The context of one view in one language. */
export function contextOf(
  view: { names: NameBook; asOf: string; enoughProbes: number; numbers?: Numbers | undefined },
  language: Language,
): Context {
  const { names, asOf, enoughProbes, numbers = {} } = view;
  return {
    t: translator(language, enoughProbes),
    enoughProbes,
    said: INCIDENT_WORDS[language],
    language,
    names,
    numbers,
    asOf,
  };
}
