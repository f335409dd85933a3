/** The door to what findings are in words, for the page that shows them (dashboards/verifier/): nothing behind it needs Node. */
export type { Language } from "../api/types.ts";
export { type Finding, isSound } from "./finding.ts";
export { aboutOf, printable, saidOf, VERIFY_WORDS } from "./words.ts";
