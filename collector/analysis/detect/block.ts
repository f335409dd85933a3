import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { createCaseWork, type Desk } from "../causes/case-work.ts";
import type { SiteWeather } from "../causes/site-weather.ts";
import type { SoftwareBook } from "../causes/software-book.ts";
import { createClusters, type Group, type Member } from "../incidents/cluster.ts";
import type { Stories } from "../incidents/stories.ts";
import type { Body } from "../judge.ts";
import type { Knowledge } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import type { Cadence } from "./cadence.ts";
import { addOpen, addVote, type Outcome } from "./cell-log.ts";
import { createControlChecks } from "./control-checks.ts";
import { type Crowd, witnessesBeside } from "./crowd.ts";
import { witnessesOf } from "./episode.ts";
import { joinOutcome } from "./join-outcome.ts";
import { createTrust, type Standing } from "./trust.ts";
import { type Vote, voteOf } from "./vote.ts";
import { createWatchedCells, type Watched } from "./watched-cells.ts";

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
  /** Takes a verdict; an incident that it opens, changes or closes goes to the desk. */
  judged: (one: JudgedBody) => void;
  /** Takes a link entry: its checks stand in where too few targets are measured. */
  link: (probe: ProbeInfo, at: EpochMs, body: LinkBody) => void;
  /** Brings the counts of measurements of open incidents up to date. */
  refresh: () => void;
};

/**
 * Blocks: a sequential test for each target, network and region (docs/method.md). Incidents also change because time
 * passes: those that nobody watches any more, and those whose causes are weighed anew.
 */
export function createBlockDetector(options: {
  knowledge: Knowledge;
  cadence: Cadence;
  agenda: Agenda;
  stories: Stories;
  weather: SiteWeather;
  software: SoftwareBook;
  desk: Desk;
}): BlockDetector {
  const { knowledge, cadence, agenda, stories, weather, software, desk } = options;
  const { settings } = knowledge;
  const cells = createWatchedCells(settings, cadence.keyOf);
  const open = new Set<Group>();
  const checks = createControlChecks(settings);
  const clusters = createClusters(stories);
  const trust = createTrust(settings);
  const sources = { knowledge, cells, checks, weather, software, cadenceOf: cadence.of };
  const cases = createCaseWork({ sources, agenda, open, weightOf: trust.weightOf, desk });

  /** Says that nobody watches an open cell once no vote has come for long. */
  const wait = (one: Watched, now: EpochMs) => {
    const { known } = one;
    one.waits = false;
    if (known === null || known.member.end !== null || known.member.unwatched) return;
    if (now - one.heardAt >= settings.unwatchedMs) {
      known.member.unwatched = true;
      cases.publish(known.group, now);
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
    const access = new Set([...witnessesOf(episode)].flatMap((id) => trust.of(id).access ?? []));
    const goesOn = joinOutcome(one.known, outcome, access, toleranceMs);
    if (outcome.kind === "opened" && !goesOn) {
      const member: Member = { cell: one.cell, episode, start, end, detectedAt: now, access, unwatched: false };
      one.known = { group: clusters.open(member, toleranceMs), member };
    }
    if (one.known === null) return null;
    const { group } = one.known;
    if (outcome.kind === "opened") {
      open.add(group);
      cases.opened(group, now);
    }
    if (group.members.every((other) => other.end !== null)) open.delete(group);
    return settled(group, now, toleranceMs);
  };
  /** The group, or the earlier one that it turns out to be part of. */
  const settled = (group: Group, now: EpochMs, toleranceMs: number): Group => {
    const into = clusters.settle(group, now, toleranceMs);
    if (into === null) return group;
    desk.withdraw(group.id);
    for (const member of group.members) {
      const cell = cells.of(member.cell);
      if (cell?.known?.member === member) cell.known.group = into;
    }
    if (open.delete(group)) open.add(into);
    cases.opened(into, now);
    return into;
  };
  const crowdOf = (one: Watched, now: EpochMs): Crowd => ({
    weightOf: (probe) => trust.weightOf(probe, now),
    fleet: () => trust.active(now),
    elsewhere: () => witnessesBeside(one, cells.ofTarget(one.cell.target)),
  });
  const qualityAt = (area: string, target: string, at: EpochMs, cadenceMs: number) =>
    checks.quality({
      ...{ area, target, at, cadenceMs },
      suspicion: (other) => cells.peek(area, other)?.log.suspicion ?? "none",
    });
  const voted = (one: Watched, vote: Vote, now: EpochMs) => {
    const cadenceMs = cadence.of(one.key);
    const { target } = one.cell;
    if (!vote.blocked) {
      one.openAt = Math.max(one.openAt, vote.at);
      if (
        (one.known === null || one.known.member.end !== null) &&
        addOpen(one.log, vote.probe, vote.from, vote.at, cadenceMs)
      )
        return;
    }
    const quality = () => qualityAt(one.area, target, vote.at, cadenceMs);
    const outcome = addVote(one.log, vote, quality, cadenceMs, () => crowdOf(one, now));
    const again = heard(one, now);
    if (outcome === null) {
      if (again && one.known !== null) cases.publish(one.known.group, now);
      return;
    }
    const group = takeIn(one, outcome, now, settings.mergeRounds * cadenceMs);
    if (outcome.kind === "opened") heard(one, now);
    if (group !== null) cases.publish(group, now);
  };
  /** A target with a known answer: whoever tells it wrongly while the line is well is believed less. */
  const canary = (one: JudgedBody, standing: Standing, area: string, isAbsent: boolean) => {
    const { probe, target, measuredAt, verdict, body } = one;
    const vote = voteOf(probe.id, measuredAt, body, verdict, knowledge);
    if (vote === null) return;
    const cadenceMs = cadence.of(cadence.keyOf({ target, asn: probe.asn, region: probe.region }));
    const isWrong = isAbsent ? verdict.code === "ok" : vote.blocked;
    if (isWrong && !isAbsent) {
      const { masked, badLines } = qualityAt(area, target, vote.at, cadenceMs);
      if (masked || badLines.has(probe.id)) return;
    }
    trust.canary(standing, isWrong);
  };
  return {
    judged: (one) => {
      const { probe, target, measuredAt, body, verdict, now } = one;
      const fact = knowledge.targets.get(target);
      const standing = trust.of(probe.id);
      const area = areaOf(probe);
      if (fact?.canary === true || fact?.absent === true) {
        canary(one, standing, area, fact.absent === true);
        return;
      }
      const isHeard = trust.isHeard(standing);
      if (isHeard) checks.saw(area, probe.id, target, measuredAt, verdict);
      const vote = voteOf(probe.id, measuredAt, body, verdict, knowledge);
      if (vote === null) return;
      const watched = cells.get(area, { target, asn: probe.asn, region: probe.region });
      trust.voted(standing, vote, watched.log.rounds.at(-1)?.round ?? null);
      if (!isHeard) return;
      standing.access = probe.access;
      voted(watched, vote, now);
    },
    link: (probe, at, body) => {
      if (trust.isHeard(trust.of(probe.id))) checks.sawLink(areaOf(probe), probe.id, at, body);
    },
    refresh: cases.refresh,
  };
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
