import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { durationSpanText } from "./duration.ts";
import { messageKey } from "./message-key.ts";
import { listText, regionsText, zoneOf } from "./names.ts";

/** One line that says what an incident is: cautious, and without time or confidence, which stand beside it. */
export function headline(context: Context, incident: Incident): string {
  const regions = regionsText(context, incident.regions);
  const what = sentenceCase(extentText(context, incident), context.language === "kk");
  return context.t(`incident.headline.${incident.kind}`, { targets: targetsText(context, incident), regions, what });
}

/** The sites of an incident as their domain names, cut short. */
export function targetsText(context: Context, incident: Incident): string {
  return listText(context, incident.targets, 2);
}

/** What of the internet is left, in a clause. A cut whose degree is not known reads as a cut. */
export function extentText({ t }: Context, incident: Incident): string {
  return t(`extent.${incident.extent ?? "total"}`);
}

/** What was seen, for readers who know nothing of networks. A method without words of ours is given by its code. */
export function methodText({ t }: Context, incident: Incident): string {
  const named = messageKey(`method.${incident.method}.plain`);
  if (named !== null) return t(named);
  if (incident.kind === "shutdown" || incident.kind === "outage") return t(`method.${incident.kind}.plain`);
  return incident.method === null ? "" : t("method.unknown.plain", { code: incident.method });
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
export function incidentZone(context: Context, incident: Incident): string {
  return zoneOf(context, incident.regions);
}

/** Letters for the incidents of one page, so that chart, table and text can point at each other: A … Z, A2 … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

function sentenceCase(text: string, wanted: boolean): string {
  return wanted ? text.charAt(0).toLocaleUpperCase("kk") + text.slice(1) : text;
}
