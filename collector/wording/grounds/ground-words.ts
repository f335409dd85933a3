import type { Told } from "../../../protocol/incident.ts";
import type { CountedGround, CountsOf, JournalDegree, OpenGround, PlainGround } from "./codes.ts";

/** What one language says of the grounds on which causes are weighed: what was recorded, never what it means. */
export type GroundWords = {
  readonly plain: Readonly<Record<PlainGround, string>>;
  readonly counted: {
    readonly [Code in CountedGround]: (counts: Readonly<Record<CountsOf<Code>, Told>>) => string;
  };
  /** What stayed open. */
  readonly open: Readonly<Record<OpenGround, string>>;
  /** How many journals say which degree of loss. */
  readonly degree: Readonly<Record<JournalDegree, string>>;
  readonly journals: (list: string) => string;
};
