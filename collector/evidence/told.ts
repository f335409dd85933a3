import type { Incident } from "../../protocol/incident.ts";
import { lengthOf } from "../wording/sentences.ts";
import type { Length } from "../wording/words.ts";

/** How long an incident lasted, at least and at most; null while it is open. */
export function lastedOf({ start, end }: Incident): { least: Length; most: Length } | null {
  if (end === null) return null;
  return {
    least: lengthOf(Date.parse(end.earliest) - Date.parse(start.latest)),
    most: lengthOf(Date.parse(end.latest) - Date.parse(start.earliest)),
  };
}
