import type { Cause, Incident } from "../../collector/api/types.ts";
import { groundTexts, type MarkedText } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type DataFormat, dataHref, timelineHref } from "../links.ts";
import { listText, networkName } from "../words/names.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SHOWN_NETWORKS = 6;

/** Networks of an incident by name and number, and its kind of access where it is one. */
export function networkList(context: Context, incident: Incident): string {
  const { said } = context;
  const names = incident.asns.map((asn) => networkName(context, asn));
  const list = names.length === 0 ? said.allNetworks : listText(context, names, SHOWN_NETWORKS);
  const [access, ...others] = incident.access;
  return access === undefined || others.length > 0 ? list : `${list} – ${said.access[access]}`;
}

/** Grounds of an explanation that may be told: those about a single probe say how many there were. */
export function groundsOf(
  { language, enoughProbes }: Context,
  { witnesses }: Incident,
  cause: Cause,
): readonly MarkedText[] {
  return cause.cause === "single probe" && witnesses < enoughProbes ? [] : groundTexts(language, cause);
}

/** The timeline around an incident: a day before, a day after. */
export function aroundHref(context: Context, incident: Incident): string {
  return timelineHref(context.language, windowOf(incident, DAY_MS));
}

/** The records behind an incident: judgements or measurements of its site, or who was connected when. */
export function recordsHref(
  dataset: "verdicts" | "measurements" | "presence",
  format: DataFormat,
  incident: Incident,
): string {
  const window = windowOf(incident, DAY_MS / 24);
  const [target, ...others] = incident.targets;
  const ofOne = dataset !== "presence" && target !== undefined && others.length === 0;
  return dataHref(dataset, format, ofOne ? { ...window, target } : window);
}

function windowOf(incident: Incident, marginMs: number) {
  const [region, ...otherRegions] = incident.regions;
  const [asn, ...otherAsns] = incident.asns;
  return {
    region: otherRegions.length === 0 ? region : null,
    asn: otherAsns.length === 0 ? asn : null,
    from: new Date(Date.parse(incident.start.earliest) - marginMs).toISOString(),
    to: incident.end === null ? null : new Date(Date.parse(incident.end.latest) + marginMs).toISOString(),
  };
}
