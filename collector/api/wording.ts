/** The door to `wording/` for pages: what reports say of an incident, pages say in the same words. */
export { clockText, dateText, offsetText } from "../wording/clock.ts";
export {
  causeText,
  confidenceText,
  extentClause,
  familyOf,
  headline,
  INCIDENT_WORDS,
  lengthOf,
  lengthText,
  methodText,
  predictionText,
  sureText,
  targetsText,
  witnessText,
} from "../wording/sentences.ts";
