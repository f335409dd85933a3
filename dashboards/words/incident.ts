import type { Incident } from "../../collector/api/types.ts";
import * as wording from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { durationSpanText } from "./duration.ts";
import { messageKey } from "./message-key.ts";
import { zoneOf } from "./names.ts";

/** One line that says what an incident is: cautious, and without time or confidence, which stand beside it. */
export function headline({ language, names }: Context, incident: wording.Headlined): string {
  return wording.headline(language, incident, names);
}

/** The sites of an incident as their domain names, cut short. */
export function targetsText({ language }: Context, incident: Incident): string {
  return wording.targetsText(language, incident);
}

/** What of the internet is left, in a clause. A cut whose degree is not known reads as a cut. */
export function extentText({ language }: Context, incident: Incident): string {
  return wording.extentClause(language, incident);
}

/** What was seen, for readers who know nothing of networks. A method without words of ours is given by its code. */
export function methodText({ language }: Context, incident: Incident): string {
  return wording.methodText(language, incident);
}

/** Who saw it. One or two witnesses are not counted: that it was one would tell who it can have been. */
export function witnessText({ language, enoughProbes }: Context, incident: Incident): string {
  return wording.witnessText(language, incident, enoughProbes);
}

/** The number under which an incident is published; null while it is not, or where a view does not tell. */
export function numberOf({ numbers = {} }: Pick<Context, "numbers">, { id }: Incident): string | null {
  return Object.hasOwn(numbers, id) ? (numbers[id] ?? null) : null;
}

/** The method in two or three words behind the kind of an incident; nothing where the kind says it all. */
export function methodWord({ t }: Context, { method }: Incident): string {
  const named = messageKey(`method.${method}`);
  return named === null ? "" : ` · ${t(named)}`;
}

/** How long an incident lasted, within its uncertainty; null while it is open. */
export function lastedText(context: Context, { start, end }: Incident): string | null {
  if (end === null) return null;
  const minMs = Date.parse(end.earliest) - Date.parse(start.latest);
  return durationSpanText(context, minMs, Date.parse(end.latest) - Date.parse(start.earliest));
}

/** Time zone in which an incident is told. */
export function incidentZone(context: Context, incident: Pick<Incident, "regions">): string {
  return zoneOf(context, incident.regions);
}

/** Letters for the incidents of one page, so that chart, table and text can point at each other: A … Z, A2 … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}
