import { type Language, LEAST_PROBES } from "../../api/types.ts";
import { dateText, momentText, spanText, wallClock } from "../../wording/clock.ts";
import { networkText } from "../../wording/sentences.ts";
import { momentOf } from "../clocks.ts";
import type { Facts } from "../facts.ts";
import { REPORT_WORDS } from "./in-language.ts";
import type { ReportWords } from "./words.ts";

/** What every section needs: the facts, in one language. */
export type Telling = { readonly facts: Facts; readonly language: Language; readonly words: ReportWords };

/** Fewest probes that are counted in public; bundles of earlier programs do not name it. */
export function enoughOf({ enoughProbes = LEAST_PROBES }: Facts): number {
  return enoughProbes;
}

export function tellingOf(facts: Facts, language: Language): Telling {
  return { facts, language, words: REPORT_WORDS[language] };
}

/** A moment in both clocks. */
export function told({ facts, language }: Telling, utc: string): string {
  return momentText(momentOf(facts.clocks, utc), language);
}

/** Bounds of a start or end in both clocks. */
export function toldSpan(
  { facts, language }: Telling,
  { earliest, latest }: { earliest: string; latest: string },
): string {
  return spanText(momentOf(facts.clocks, earliest), momentOf(facts.clocks, latest), language);
}

/** A moment as exactly as it is known: that of an event of a day is a date. */
export function toldAs(telling: Telling, utc: string, precision: string): string {
  if (precision === "minute" || precision === "hour") return told(telling, utc);
  return dateText(wallClock(momentOf(telling.facts.clocks, utc).local), telling.language);
}

/** Name of a cell's region; small cells stand under the country. */
export function cellPlace(telling: Telling, code: string | null): string {
  return code === null || code === "KZ" ? telling.words.note.country : placeText(telling, code);
}

/** Name of a place by its code. */
export function placeText({ facts, language, words }: Telling, code: string): string {
  if (code === "KZ") return words.note.wholeCountry;
  return facts.names.regions[code]?.[language] ?? code;
}

/** A network by name and number. */
export function networkName({ facts }: Telling, asn: number | null): string {
  return asn === null ? "–" : networkText(asn, facts.names);
}

/** A site by its name, with its address where the name is another. */
export function siteText({ facts, language }: Telling, id: string): string {
  const name = facts.names.targets[id]?.[language];
  return name === undefined || name.toLowerCase() === id ? id : `${name} (${id})`;
}
