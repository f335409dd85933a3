import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { Access } from "../../../protocol/primitives.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { blockIncident, freshOf, isConfirmed } from "../incidents/block-incident.ts";
import { type Cell, createClusters, type Group, type Member } from "../incidents/cluster.ts";
import type { Stories } from "../incidents/stories.ts";
import type { Body } from "../judge.ts";
import type { Knowledge } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import { createBaseline, type TargetShare } from "./baseline.ts";
import type { Cadence } from "./cadence.ts";
import { addVote, type CellLog, createCellLog, type Outcome } from "./cell-log.ts";
import { createControlChecks } from "./control-checks.ts";
import { createTrust } from "./trust.ts";
import { type Vote, voteOf } from "./vote.ts";

/** A witness's measurement, judged at stream time `now`. */
export type JudgedBody = {
  probe: ProbeInfo;
  target: string;
  measuredAt: EpochMs;
  body: Body;
  verdict: Verdict;
  now: EpochMs;
};

export type BlockDetector = {
  /** Takes a verdict; gives the incident that it opened, changed or closed. */
  judged: (one: JudgedBody) => Incident[];
  /** Takes a link entry: its checks stand in where too few targets are measured. */
  link: (probe: ProbeInfo, at: EpochMs, body: LinkBody) => void;
  /** Gives every incident whose count of measurements has grown since it was given last. */
  refresh: () => Incident[];
};

type Known = { group: Group; member: Member };
/** What is kept of a cell: its rounds, and the member that it is or was last in an incident. */
type Watched = { cell: Cell; key: string; log: CellLog; known: Known | null; heardAt: EpochMs; waits: boolean };

/**
 * Blocks: a sequential test for each target, network and region (docs/method.md). `put` takes incidents that change
 * because time passes: those that nobody watches any more.
 */
export function createBlockDetector(options: {
  knowledge: Knowledge;
  cadence: Cadence;
  agenda: Agenda;
  stories: Stories;
  put: (incident: Incident) => void;
}): BlockDetector {
  const { knowledge, cadence, agenda, stories, put } = options;
  const { settings } = knowledge;
  const areas = new Map<string, Map<string, Watched>>();
  const shares = new Map<string, TargetShare>();
  const open = new Set<Group>();
  const checks = createControlChecks(settings);
  const clusters = createClusters(stories);
  const trust = createTrust(settings);
  const accessOf = new Map<string, Access | null>();
  let cells = 0;

  const watchedOf = (area: string, cell: Cell): Watched => {
    const before = areas.get(area);
    const known = before?.get(cell.target);
    if (known !== undefined) return known;
    const ofArea = before ?? new Map<string, Watched>();
    areas.set(area, ofArea);
    const share = shares.get(cell.target) ?? { fails: 0, trials: 0 };
    shares.set(cell.target, share);
    const log = createCellLog(settings, createBaseline(share, settings));
    const made = { cell, key: cadence.keyOf(cell), log, known: null, heardAt: 0, waits: false };
    ofArea.set(cell.target, made);
    cells++;
    return made;
  };
  const publish = (group: Group): Incident => {
    group.confirmed = isConfirmed(group, cells, [...open].map(freshOf), settings);
    return blockIncident(group, knowledge);
  };
  /** Says that nobody watches an open cell once no vote has come for long. */
  const wait = (one: Watched, now: EpochMs) => {
    const { known } = one;
    one.waits = false;
    if (known === null || known.member.end !== null || known.member.unwatched) return;
    if (now - one.heardAt >= settings.unwatchedMs) {
      known.member.unwatched = true;
      put(publish(known.group));
      return;
    }
    one.waits = true;
    agenda.add(one.heardAt + settings.unwatchedMs, (later) => wait(one, later));
  };
  /** A vote of an open cell: it is watched, whether or not it changes anything. */
  const heard = (one: Watched, now: EpochMs): boolean => {
    const { known } = one;
    if (known === null || known.member.end !== null) return false;
    const again = known.member.unwatched;
    known.member.unwatched = false;
    one.heardAt = now;
    if (!one.waits) wait(one, now);
    stories.last(one.cell, now);
    return again;
  };
  const takeIn = (one: Watched, outcome: Outcome, now: EpochMs, toleranceMs: number): Group | null => {
    const { episode, start, end } = outcome;
    const access = new Set(
      [...episode.witnesses].map((id) => accessOf.get(id) ?? null).filter((kind) => kind !== null),
    );
    const before = one.known?.member.end ?? null;
    const goesOn = before !== null && start.by - before.by <= toleranceMs;
    if (outcome.kind === "opened" && goesOn && one.known !== null) {
      // A gap shorter than this is no restoration (docs/method.md): the block went on.
      Object.assign(one.known.member, { end: null });
      open.add(one.known.group);
      return resumed(one.known, outcome, access);
    }
    if (outcome.kind === "opened") {
      const member: Member = { cell: one.cell, episode, start, end, detectedAt: now, access, unwatched: false };
      one.known = { group: clusters.open(member, toleranceMs), member };
      open.add(one.known.group);
    }
    if (one.known === null) return null;
    const { group, member } = one.known;
    if (member.episode === episode) Object.assign(member, { start, end, access });
    else if (member.resumed === episode) resumed(one.known, outcome, access);
    if (group.members.every((other) => other.end !== null)) open.delete(group);
    return group;
  };
  const voted = (one: Watched, vote: Vote, area: string, now: EpochMs): Incident[] => {
    const cadenceMs = cadence.of(one.key);
    const { target } = one.cell;
    const suspicion = (other: string) => areas.get(area)?.get(other)?.log.suspicion ?? "none";
    const quality = () => checks.quality({ area, target, at: vote.at, cadenceMs, suspicion });
    const outcome = addVote(one.log, vote, quality, cadenceMs);
    const again = heard(one, now);
    if (outcome === null) return again && one.known !== null ? [publish(one.known.group)] : [];
    const group = takeIn(one, outcome, now, settings.mergeRounds * cadenceMs);
    if (outcome.kind === "opened") heard(one, now);
    return group === null ? [] : [publish(group)];
  };
  return {
    judged: ({ probe, target, measuredAt, body, verdict, now }) => {
      const vote = voteOf(probe.id, measuredAt, body, verdict);
      if (knowledge.targets.get(target)?.canary === true) {
        if (vote !== null) trust.canary(probe.id, vote.blocked);
        return [];
      }
      const area = areaOf(probe);
      const isHeard = trust.isHeard(probe.id);
      if (isHeard) checks.saw(area, probe.id, target, measuredAt, verdict);
      if (vote === null) return [];
      const one = watchedOf(area, { target, asn: probe.asn, region: probe.region });
      trust.voted(probe.id, vote.blocked, one.log.rounds.at(-1)?.round ?? null);
      if (!isHeard) return [];
      accessOf.set(probe.id, probe.access);
      return voted(one, vote, area, now);
    },
    link: (probe, at, body) => {
      if (trust.isHeard(probe.id)) checks.sawLink(areaOf(probe), probe.id, at, body);
    },
    refresh: () => [...open].map((group) => blockIncident(group, knowledge)),
  };
}

/** A block that went on after a short gap: its beginning stays, the rest is added. */
function resumed({ group, member }: Known, { episode, end }: Outcome, access: ReadonlySet<Access>): Group {
  for (const probe of episode.witnesses) member.episode.witnesses.add(probe);
  for (const probe of episode.proofs) member.episode.proofs.add(probe);
  member.episode.lastBlocked = Math.max(member.episode.lastBlocked, episode.lastBlocked);
  member.episode.fresh = Math.max(member.episode.fresh, episode.fresh);
  Object.assign(member, { end, access: new Set([...member.access, ...access]), resumed: episode });
  return group;
}

function areaOf(probe: ProbeInfo): string {
  const known = AREAS.get(probe);
  if (known !== undefined) return known;
  const area = `${probe.asn ?? "?"}|${probe.region ?? "?"}`;
  AREAS.set(probe, area);
  return area;
}

/** Names already made: a place never changes within one value of a probe. */
const AREAS = new WeakMap<ProbeInfo, string>();
