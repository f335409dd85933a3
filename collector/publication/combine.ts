import type { Incident, IncidentPart, Interval } from "../../protocol/incident.ts";
import type { Selection } from "../../protocol/publication.ts";
import { sorted } from "../analysis/incidents/text.ts";
import type { Member, PublicationState } from "./types.ts";

const PARTS_MOST = 1000;
const CONFIDENCE = ["observed", "probable", "confirmed"] as const;

/** What the members of a number tell together, as the analysis holds them now; null when it holds none of them. */
export function factsOf(members: readonly Member[], { current }: Pick<PublicationState, "current">): Incident | null {
  const parts = members.flatMap((member) => {
    const found = current.get(member.id)?.incident;
    return found === undefined ? [] : [pickedFrom(found, member)];
  });
  const [first, ...others] = parts;
  return first === undefined ? null : others.reduce(joined, first);
}

/** Two incidents as one. Witnesses may be the same probes, so the larger number stands for both. */
function joined(a: Incident, b: Incident): Incident {
  const [first, second] = a.start.earliest <= b.start.earliest ? [a, b] : [b, a];
  const parts = [...partsOf(first), ...partsOf(second)].slice(0, PARTS_MOST);
  return {
    ...a,
    targets: sorted([...a.targets, ...b.targets]),
    asns: both(a.asns, b.asns),
    regions: both(a.regions, b.regions),
    access: sorted([...a.access, ...b.access]),
    start: first.start,
    end: laterEnd(a.end, b.end),
    confidence: CONFIDENCE.findLast((one) => one === a.confidence || one === b.confidence) ?? "observed",
    witnesses: Math.max(a.witnesses, b.witnesses),
    measurements: a.measurements + b.measurements,
    parts,
  };
}

/** An empty list means all that were watched. */
function both<T extends string | number>(a: readonly T[], b: readonly T[]): T[] {
  return a.length === 0 || b.length === 0 ? [] : sorted([...a, ...b]);
}

function laterEnd(a: Interval | null, b: Interval | null): Interval | null {
  if (a === null || b === null) return null;
  return a.latest >= b.latest ? a : b;
}

/** Edges of an incident by part; one without any is its own part. */
function partsOf({ parts, asns, regions, targets, start, end }: Incident): IncidentPart[] {
  if (parts !== undefined && parts.length > 0) return parts;
  const [asn = null, ...otherAsns] = asns;
  const [region = null, ...otherRegions] = regions;
  const [target, ...otherTargets] = targets;
  return [
    {
      ...(target !== undefined && otherTargets.length === 0 && { target }),
      asn: otherAsns.length === 0 ? asn : null,
      region: otherRegions.length === 0 ? region : null,
      start,
      end,
    },
  ];
}

/** How much of a member is in a selection. */
export function sharePicked(
  member: Member,
  selection: Selection,
  { current }: Pick<PublicationState, "current">,
): "nothing" | "some" | "all" {
  const incident = current.get(member.id)?.incident;
  if (incident === undefined) return "nothing";
  const parts = partsOf(incident).filter((part) => isWanted(part, member));
  const picked = parts.filter((part) => isIn(part, selection)).length;
  return picked === 0 ? "nothing" : picked === parts.length ? "all" : "some";
}

/** What a member tells of its incident. Counts of witnesses and measurements stay those of the whole. */
function pickedFrom(incident: Incident, member: Member): Incident {
  if (member.only === null && member.except.length === 0) return incident;
  const parts = partsOf(incident).filter((part) => isWanted(part, member));
  const [first] = parts;
  if (first === undefined) return narrowed(incident, member.only);
  const { start } = parts.reduce((best, one) => (one.start.latest < best.start.latest ? one : best), first);
  const end = parts.map((one) => one.end).reduce(laterEnd);
  const { parts: _parts, ...rest } = incident;
  return {
    ...rest,
    targets: within(incident.targets, parts, ({ target }) => target ?? null),
    asns: within(incident.asns, parts, ({ asn }) => asn),
    regions: within(incident.regions, parts, ({ region }) => region),
    start,
    end,
    ...(parts.length > 1 && { parts }),
  };
}

/** An incident whose parts tell nothing of a selection: only its lists are cut. */
function narrowed(incident: Incident, only: Selection | null): Incident {
  if (only === null) return incident;
  const keep = <T>(list: T[], wanted: readonly T[] | undefined) =>
    wanted === undefined ? list : list.filter((one) => wanted.includes(one));
  return {
    ...incident,
    targets: keep(incident.targets, only.targets),
    asns: keep(incident.asns, only.asns),
    regions: keep(incident.regions, only.regions),
  };
}

function isWanted(part: IncidentPart, { only, except }: Member): boolean {
  return (only === null || isIn(part, only)) && !except.some((selection) => isIn(part, selection));
}

function isIn({ target, asn, region }: IncidentPart, { targets, asns, regions }: Selection): boolean {
  const has = <T>(list: readonly T[] | undefined, value: T | null | undefined) =>
    list === undefined || (value != null && list.includes(value));
  return has(targets, target) && has(asns, asn) && has(regions, region);
}

/** Members of a list that the parts name; the whole list where a part stands for all. */
function within<T>(list: T[], parts: readonly IncidentPart[], of: (part: IncidentPart) => T | null): T[] {
  const named = parts.map(of);
  return named.includes(null) ? list : list.filter((one) => named.includes(one));
}
