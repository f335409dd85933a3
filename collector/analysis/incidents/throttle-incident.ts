import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Cause, Incident } from "../../../protocol/incident.ts";
import { NO_WEATHER } from "../causes/site-weather.ts";
import { type ThrottleEvidence, weighThrottle } from "../causes/throttle-causes.ts";
import { leadingCause, scoresOf } from "../causes/weigh.ts";
import { type Knowledge, ownerOf } from "../knowledge.ts";
import type { Settings } from "../settings.ts";
import type { Method } from "../throttle/judge-pair.ts";
import type { EpochMs } from "../types.ts";
import { incidentId } from "./register.ts";
import type { Stories } from "./stories.ts";
import { interval, sorted, utc } from "./text.ts";

/** A target found slow on one network. */
export type SlowMember = {
  target: string;
  asn: number | null;
  method: Method;
  ratio: number;
  baseline: number;
  start: { after: EpochMs | null; by: EpochMs };
  end: { after: EpochMs; by: EpochMs } | null;
  /** Its last samples, once nobody has taken any for long. */
  unwatchedSince: EpochMs | null;
  detectedAt: EpochMs;
  probes: Map<string, ProbeInfo | undefined>;
  samples: number;
  /** Every control is the target's neighbour. */
  near: boolean;
  /** What the pair shows beside its ratio, for the causes. */
  seen: Pick<ThrottleEvidence, "controlled" | "steadyControl" | "capped" | "openElsewhere" | "site">;
};
type Group = { id: string; members: SlowMember[]; episode: string | null; causes: Cause[] };

export type SlowGroups = {
  open: (member: SlowMember) => Incident;
  changed: (member: SlowMember) => Incident;
};

/** Joins networks on which one target became slow together into one incident. */
export function createSlowGroups(knowledge: Knowledge, stories: Stories): SlowGroups {
  const groups = new Map<string, Group[]>();
  const groupOf = new Map<SlowMember, Group>();
  const toIncident = (member: SlowMember, group: Group) => {
    groupOf.set(member, group);
    const causes = weighThrottle(evidenceOf(group.members, knowledge));
    if (scoresOf(causes) !== scoresOf(group.causes)) group.causes = causes;
    return throttleIncident(group, knowledge.settings);
  };
  return {
    open: (member) => {
      const ofTarget = groups.get(member.target) ?? [];
      groups.set(member.target, ofTarget);
      const mergeMs = knowledge.settings.throttleMergeMs;
      let group = ofTarget.find(({ members }) => members.some((other) => together(other, member, mergeMs)));
      const id = group?.id ?? incidentId("throttle", `${member.target}|${member.asn ?? "?"}`, member.start.by);
      const episode = stories.join(id, member, member.start.by, 0);
      if (group === undefined) {
        group = { id, members: [], episode, causes: [] };
        ofTarget.push(group);
      }
      group.members.push(member);
      return toIncident(member, group);
    },
    changed: (member) => {
      stories.last(member, member.end?.by ?? member.start.by);
      return toIncident(member, groupOf.get(member) ?? { id: "", members: [member], episode: null, causes: [] });
    },
  };
}

function together(a: SlowMember, b: SlowMember, mergeMs: number): boolean {
  if (a.end !== null && a.end.by < (b.start.after ?? b.start.by)) return false;
  const gap = Math.max((a.start.after ?? a.start.by) - b.start.by, (b.start.after ?? b.start.by) - a.start.by);
  return gap <= mergeMs;
}

function throttleIncident({ id, members, episode, causes }: Group, { causeMargin }: Settings): Incident {
  const first = members.reduce((best, one) => (one.start.by < best.start.by ? one : best));
  const ends = members.map(endOf);
  const last = ends.reduce((best, end) => (best === null || end === null ? null : end.by > best.by ? end : best));
  const probes = new Map(members.flatMap((member) => [...member.probes]));
  const infos = [...probes.values()].filter((info) => info !== undefined);
  const near = members.every((member) => member.near);
  const asns = sorted(members.map(({ asn }) => asn));
  return {
    id,
    kind: "throttle",
    method: members.some(({ method }) => method === "goodput") ? "goodput" : "handshake",
    extent: null,
    targets: [first.target],
    asns,
    regions: sorted(infos.map(({ region }) => (region?.startsWith("KZ-") ? region : null))),
    access: sorted(infos.map(({ access }) => access)),
    start: interval(first.start.after ?? first.start.by, first.start.by),
    end: last === null ? null : interval(last.after, last.by),
    detectedAt: utc(Math.min(...members.map(({ detectedAt }) => detectedAt))),
    confidence: !near ? "observed" : asns.length > 1 || probes.size >= 5 ? "confirmed" : "probable",
    witnesses: probes.size,
    measurements: members.reduce((sum, { samples }) => sum + samples, 0),
    causes,
    cause: leadingCause(causes, causeMargin),
    ...(first.start.after === null ? { startUnknown: true } : {}),
    ...(last !== null && members.some(({ end, unwatchedSince }) => end === null && unwatchedSince !== null)
      ? { endUnknown: true }
      : {}),
    ...(episode === null ? {} : { episode }),
  };
}

function endOf({ end, unwatchedSince }: SlowMember): SlowMember["end"] {
  return end === null && unwatchedSince !== null ? { after: unwatchedSince, by: unwatchedSince } : end;
}

/** What all networks together show. */
function evidenceOf(members: readonly SlowMember[], knowledge: Knowledge): ThrottleEvidence {
  const seen = members.map((member) => member.seen);
  const asns = new Set(members.map(({ asn }) => asn));
  const fact = knowledge.targets.get(members[0]?.target ?? "");
  return {
    witnesses: new Set(members.flatMap(({ probes }) => [...probes.keys()])).size,
    asns: asns.size,
    owners: new Set([...asns].map((asn) => ownerOf(asn, knowledge))).size,
    openElsewhere: Math.min(...seen.map(({ openElsewhere }) => openElsewhere)),
    near: members.every(({ near }) => near),
    controlled: seen.every(({ controlled }) => controlled),
    steadyControl: allOf(seen.map(({ steadyControl }) => steadyControl)),
    capped: allOf(seen.map(({ capped }) => capped)),
    filteredAbroad: (fact?.filteredIn?.length ?? 0) > 0,
    hostedInside: fact?.hostedIn === knowledge.country,
    site: seen.reduce((most, { site }) => (site.looks > most.looks ? site : most), NO_WEATHER),
  };
}

/** True where all that say anything say so, false where one says the contrary, null where none does. */
function allOf(said: readonly (boolean | null)[]): boolean | null {
  const known = said.filter((one) => one !== null);
  return known.length === 0 ? null : known.every((one) => one);
}
