import type { Incident, IncidentPart } from "../../../protocol/incident.ts";
import { leadingCause } from "../causes/weigh.ts";
import { witnessesOf } from "../detect/episode.ts";
import type { Settings } from "../settings.ts";
import { type Group, type Member, methodOf } from "./cluster.ts";
import { endOfMember, groupEdges } from "./group-edges.ts";
import { interval, sorted, utc } from "./text.ts";

/** The incident that a group of blocked cells makes. */
export function blockIncident(group: Group, { causeMargin }: Pick<Settings, "causeMargin">): Incident {
  const { members } = group;
  const witnesses = new Set(members.flatMap(({ episode }) => [...witnessesOf(episode)]));
  const { start, end } = groupEdges(members);
  const single = witnesses.size < 2;
  const changed = members.length > 1 || group.episode !== null;
  return {
    id: group.id,
    kind: group.kind,
    method: methodOf(members),
    extent: null,
    targets: sorted(members.map(({ cell }) => cell.target)),
    asns: sorted(members.map(({ cell }) => cell.asn)),
    regions: sorted(members.map(({ cell }) => inside(cell.region))),
    access: sorted(members.flatMap(({ access }) => [...access])),
    start: interval(start.after ?? start.by, start.by),
    end: end === null ? null : interval(end.after, end.by),
    detectedAt: utc(Math.min(...members.map(({ detectedAt }) => detectedAt))),
    confidence: single ? "observed" : group.confirmed ? "confirmed" : "probable",
    witnesses: witnesses.size,
    measurements: members.reduce((sum, { episode }) => sum + episode.blockedVotes, 0),
    causes: group.causes,
    cause: leadingCause(group.causes, causeMargin),
    ...(single ? { singleWitness: true } : {}),
    ...(start.after === null ? { startUnknown: true } : {}),
    ...(end !== null && members.some((one) => one.end === null && one.unwatched) ? { endUnknown: true } : {}),
    ...(changed ? { parts: partsOf(members) } : {}),
    ...(group.episode === null ? {} : { episode: group.episode }),
  };
}

const PARTS_MOST = 1000;

function partsOf(members: readonly Member[]): IncidentPart[] {
  const parts = members.slice(0, PARTS_MOST).map((member): IncidentPart => {
    const { cell, start } = member;
    const end = endOfMember(member);
    return {
      target: cell.target,
      asn: cell.asn,
      region: inside(cell.region),
      start: interval(start.after ?? start.by, start.by),
      end: end === null ? null : interval(end.after, end.by),
    };
  });
  const key = (part: IncidentPart) => `${part.target}|${part.asn ?? "?"}|${part.region ?? "?"}|${part.start.earliest}`;
  return parts.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What the label `confirmed` depends on beside the group: cells watched, sums of all open blocks, weights of words. */
export type ConfirmScene = {
  cells: number;
  others: readonly number[];
  weightOf: (probe: string) => number;
  settings: Settings;
};

/**
 * Whether a group may be called confirmed: three witnesses or two with proof, new ones weighing less, and rounds after the
 * alarm that by
 * themselves pass Wald's bound and hold the false discovery rate among all cells watched (Wang and Ramdas, False
 * discovery rate control with e-values, JRSS B 84 (2022) 822-852: the e-value is the exponential of the sum; no
 * independence is asked for). `others` are the sums of all open blocks. The label is lost when the sum falls below the
 * lower bound.
 */
export function isConfirmed(group: Group, { cells, others, weightOf, settings }: ConfirmScene): boolean {
  const sum = freshOf(group);
  if (group.confirmed) return sum > settings.refuteEvidence;
  const weight = (who: (member: Member) => ReadonlySet<string>) =>
    [...new Set(group.members.flatMap((member) => [...who(member)]))].reduce((all, probe) => all + weightOf(probe), 0);
  const witnesses = weight(({ episode }) => witnessesOf(episode));
  const proofs = weight(({ episode }) => episode.proofs);
  if (witnesses < settings.confirmWitnesses && proofs < settings.confirmProofs) return false;
  const rank = Math.max(1, others.filter((other) => other >= sum).length);
  return sum >= Math.max(settings.confirmEvidence, Math.log(cells / (settings.confirmRate * rank)));
}

/** Evidence of rounds after the alarm: cells of one network share faults, so each network counts with its best. */
export function freshOf({ members }: Group): number {
  const best = new Map<number | null, number>();
  for (const { cell, episode } of members)
    best.set(cell.asn, Math.max(episode.fresh, best.get(cell.asn) ?? Number.NEGATIVE_INFINITY));
  return [...best.values()].reduce((sum, fresh) => sum + fresh, 0);
}

function inside(region: string | null): string | null {
  return region?.startsWith("KZ-") ? region : null;
}
