/** The door to `wording/` for pages: what reports say of an incident, pages say in the same words. */
export { attributionOf } from "../wording/attribution.ts";
export { clockText, dateText, MONTHS, offsetText, sameDate, type WallClock } from "../wording/clock.ts";
export { groundTexts } from "../wording/grounds/grounds.ts";
export { legalWords } from "../wording/legal-words.ts";
export { eventTitle, type MarkedText, unmarked } from "../wording/marked.ts";
export {
  causeText,
  extentClause,
  type Headlined,
  headline,
  hypothesisText,
  INCIDENT_WORDS,
  listText,
  methodText,
  predictionText,
  regionsText,
  sureText,
  targetsText,
  watchedText,
  witnessText,
} from "../wording/sentences.ts";
export type { Attribution, IncidentWords } from "../wording/words.ts";
