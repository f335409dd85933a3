import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { createCaseWork, type Desk } from "../causes/case-work.ts";
import type { SiteWeather } from "../causes/site-weather.ts";
import type { SoftwareBook } from "../causes/software-book.ts";
import { createClusters, type Group, type Member } from "../incidents/cluster.ts";
import type { Stories } from "../incidents/stories.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Post } from "../post.ts";
import type { Body, EpochMs } from "../types.ts";
import type { Cadence } from "./cadence.ts";
import type { Outcome } from "./cell-history.ts";
import { addOpen, addVote } from "./cell-log.ts";
import { createControlChecks } from "./control-checks.ts";
import type { Crowd } from "./crowd.ts";
import { witnessesOf } from "./episode.ts";
import { joinOutcome } from "./join-outcome.ts";
import { createTrust } from "./trust.ts";
import { isOpenCode, type Vote, voteOf } from "./vote.ts";
import { claimantsBeside, createWatchedCells, type Watched, witnessesBeside } from "./watched-cells.ts";

/** A witness's measurement, judged at stream time `now`. */
export type JudgedBody = { post: Post; measuredAt: EpochMs; body: Body; now: EpochMs };

export type BlockDetector = {
  /** Takes a verdict; an incident that it opens, changes or closes goes to the desk. */
  judged: (one: JudgedBody, verdict: Verdict) => void;
  /** What is looked up for each measurement of a probe and a target. */
  postOf: (probe: ProbeInfo, target: string) => Pick<Post, "cadence" | "own" | "line" | "check" | "standing">;
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
  const cells = createWatchedCells(settings, cadence.cellOf);
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
    claimedElsewhere: () => claimantsBeside(one, cells.ofTarget(one.cell.target)),
  });
  const voted = (one: Watched, vote: Vote, now: EpochMs) => {
    const cadenceMs = cadence.of(one.cadence);
    const { area, cell } = one;
    const quality = () => checks.quality({ area, target: cell.target, at: vote.at, cadenceMs });
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
  /** An open vote of a cell that nothing is open in. */
  const votedOpen = (one: Watched, { post, measuredAt, body }: JudgedBody): boolean => {
    if (measuredAt > one.openAt) one.openAt = measuredAt;
    if (one.known !== null && one.known.member.end === null) return false;
    const from = measuredAt - body.durationMs;
    return addOpen(one.log, post.probe.id, from, measuredAt, cadence.of(one.cadence));
  };
  /** A target with a known answer: whoever tells it wrongly while the line is well is believed less. */
  const canary = ({ post, measuredAt, body }: JudgedBody, verdict: Verdict, isAbsent: boolean) => {
    const { probe, target } = post;
    const vote = voteOf(probe.id, measuredAt, body, verdict, knowledge);
    if (vote === null) return;
    const isWrong = isAbsent ? verdict.code === "ok" : vote.blocked;
    if (isWrong && !isAbsent) {
      const question = { area: areaOf(probe), target, at: vote.at, cadenceMs: cadence.of(post.cadence) };
      const { masked, badLines } = checks.quality(question);
      if (masked || badLines.has(probe.id)) return;
    }
    trust.canary(post.standing, isWrong);
  };
  const watchedOf = (post: Post): Watched => {
    if (post.watched !== null) return post.watched;
    post.watched = cells.get(areaOf(post.probe), post.cadence.cell);
    post.check.cell = post.watched.log;
    return post.watched;
  };
  return {
    postOf: (probe, target) => {
      const cell = cadence.cellOf({ target, asn: probe.asn, region: probe.region });
      const line = checks.lineOf(areaOf(probe), probe.id);
      const check = checks.checkOf(line, target);
      return { cadence: cell, own: cadence.ownOf(cell, probe.id), line, check, standing: trust.of(probe.id) };
    },
    judged: (one, verdict) => {
      const { post, measuredAt, body, now } = one;
      const { probe, target, standing } = post;
      const fact = knowledge.targets.get(target);
      if (fact?.canary === true || fact?.absent === true) return canary(one, verdict, fact.absent === true);
      const isHeard = trust.isHeard(standing);
      if (isHeard) checks.saw(post.line, post.check, measuredAt, verdict);
      const isOpen = isOpenCode(verdict.code);
      const vote = isOpen ? null : voteOf(probe.id, measuredAt, body, verdict, knowledge);
      if (vote === null && !isOpen) return;
      const watched = watchedOf(post);
      trust.voted(standing, vote ?? { blocked: false, at: measuredAt }, watched.log.rounds.at(-1)?.round ?? null);
      if (!isHeard) return;
      standing.access = probe.access;
      if (isOpen && votedOpen(watched, one)) return;
      const full = vote ?? voteOf(probe.id, measuredAt, body, verdict, knowledge);
      if (full !== null) voted(watched, full, now);
    },
    link: (probe, at, body) => {
      if (trust.isHeard(trust.of(probe.id))) checks.sawLink(checks.lineOf(areaOf(probe), probe.id), at, body);
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
