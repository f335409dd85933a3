import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Cause, Incident } from "../../../protocol/incident.ts";
import type { Knowledge } from "../knowledge.ts";
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
  /** Control probes measured the target's speed, too. */
  controlled: boolean;
};
type Group = { id: string; members: SlowMember[]; episode: string | null };

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
    return throttleIncident(group);
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
        group = { id, members: [], episode };
        ofTarget.push(group);
      }
      group.members.push(member);
      return toIncident(member, group);
    },
    changed: (member) => {
      stories.last(member, member.end?.by ?? member.start.by);
      return toIncident(member, groupOf.get(member) ?? { id: "", members: [member], episode: null });
    },
  };
}

function together(a: SlowMember, b: SlowMember, mergeMs: number): boolean {
  if (a.end !== null && a.end.by < (b.start.after ?? b.start.by)) return false;
  const gap = Math.max((a.start.after ?? a.start.by) - b.start.by, (b.start.after ?? b.start.by) - a.start.by);
  return gap <= mergeMs;
}

function throttleIncident({ id, members, episode }: Group): Incident {
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
    causes: rivals(members, probes.size, near),
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

function rivals(members: readonly SlowMember[], witnesses: number, near: boolean): Cause[] {
  const controlled = members.every((member) => member.controlled);
  const elsewhere: Pick<Cause, "score" | "verdict" | "because"> = controlled
    ? {
        score: -3,
        verdict: "contradicted",
        because: ["control probes got the site at its usual speed in the same hours"],
      }
    : { score: 0, verdict: "untestable", because: ["no control probe measured the site's speed in the same hours"] };
  return [
    { cause: "site fault", ...elsewhere },
    { cause: "DDoS", ...elsewhere },
    {
      cause: "ISP fault",
      score: near ? -3 : -1,
      verdict: near ? "contradicted" : "untestable",
      because: [
        "congestion slows the control on the same line as well",
        near ? "the control stands at the same address or beside it" : "the control's path may be another one",
      ],
    },
    {
      cause: "single probe",
      score: -5,
      verdict: "contradicted",
      because: [`${witnesses} probes saw it independently`],
    },
    {
      cause: "transit filter abroad",
      score: 0,
      verdict: "untestable",
      because: ["where on the way it is slowed was not measured"],
    },
  ];
}
