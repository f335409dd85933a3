import type { Incident } from "../../../protocol/incident.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";

type Member = { id: string; from: EpochMs; to: EpochMs; regions: readonly string[] };

/**
 * The episode of each shutdown, named after its first: cuts that share a region and follow each other within days, for
 * two weeks at most. Restoration windows between them stay gaps of their own. A cut that stands alone has none, and
 * outages have none: what fails by accident does not come in series.
 */
export function episodesOf(incidents: readonly Incident[], settings: Settings): Map<string, string> {
  const members = incidents
    .filter(({ kind }) => kind === "shutdown")
    .map(memberOf)
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const series: Member[][] = [];
  for (const member of members) {
    const known = series.findLast((one) => continues(one, member, settings));
    if (known === undefined) series.push([member]);
    else known.push(member);
  }
  return new Map(
    series.flatMap((one) => (one.length < 2 ? [] : one.map(({ id }) => [id, one[0]?.id ?? id] as [string, string]))),
  );
}

function memberOf({ id, start, end, regions }: Incident): Member {
  return {
    id,
    from: Date.parse(start.earliest),
    to: end === null ? Number.POSITIVE_INFINITY : Date.parse(end.latest),
    regions,
  };
}

function continues(series: readonly Member[], next: Member, { episodeGapMs, episodeMostMs }: Settings): boolean {
  const [first] = series;
  if (first === undefined || next.from - first.from > episodeMostMs) return false;
  return series.some((one) => next.from - one.to <= episodeGapMs && shareRegion(one, next));
}

function shareRegion(a: Member, b: Member): boolean {
  return a.regions.length === 0 || b.regions.length === 0 || a.regions.some((region) => b.regions.includes(region));
}
