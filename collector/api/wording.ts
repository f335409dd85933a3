/** The door to `wording/` for pages: what reports say of an incident, pages say in the same words. */
export { attributionOf } from "../wording/attribution.ts";
export {
  causeText,
  extentClause,
  headline,
  hypothesisText,
  INCIDENT_WORDS,
  listText,
  methodText,
  predictionText,
  regionsText,
  sureText,
  targetsText,
  witnessText,
} from "../wording/sentences.ts";
export type { Attribution, IncidentWords } from "../wording/words.ts";
