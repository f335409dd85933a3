import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { type CaseWork, createCaseWork, type Desk } from "../causes/case-work.ts";
import type { SiteWeather } from "../causes/site-weather.ts";
import type { SoftwareBook } from "../causes/software-book.ts";
import { createClusters, type Group } from "../incidents/cluster.ts";
import type { Stories } from "../incidents/stories.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Post } from "../post.ts";
import type { Body, EpochMs } from "../types.ts";
import type { Cadence } from "./cadence.ts";
import { addOpen, addVote } from "./cell-log.ts";
import { type ControlChecks, createControlChecks } from "./control-checks.ts";
import type { Crowd } from "./crowd.ts";
import { heard, type OpenBlockParts, takeIn } from "./open-blocks.ts";
import { createTrust, type Trust } from "./trust.ts";
import { isOpenCode, type Vote, voteOf } from "./vote.ts";
import {
  claimantsBeside,
  createWatchedCells,
  foundOpen,
  type Watched,
  type WatchedCells,
  witnessesBeside,
} from "./watched-cells.ts";

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
  const trust = createTrust(settings);
  const sources = { knowledge, cells, checks, weather, software, cadenceOf: cadence.of };
  const cases = createCaseWork({ sources, agenda, open, weightOf: trust.weightOf, desk });
  const { unwatchedMs } = settings;
  const blocks = { unwatchedMs, cells, clusters: createClusters(stories), trust, stories, agenda, cases, desk, open };
  const parts: Parts = { knowledge, cadence, cells, checks, trust, cases, blocks, software };
  return {
    postOf: (probe, target) => {
      const cell = cadence.cellOf({ target, asn: probe.asn, region: probe.region });
      const line = checks.lineOf(areaOf(probe), probe.id);
      const check = checks.checkOf(line, target);
      return { cadence: cell, own: cadence.ownOf(cell, probe.id), line, check, standing: trust.of(probe.id) };
    },
    judged: (one, verdict) => judged(parts, one, verdict),
    link: (probe, at, body) => {
      if (trust.isHeard(trust.of(probe.id))) checks.sawLink(checks.lineOf(areaOf(probe), probe.id), at, body);
    },
    refresh: cases.refresh,
  };
}

type Parts = {
  readonly knowledge: Knowledge;
  readonly cadence: Cadence;
  readonly cells: WatchedCells;
  readonly checks: ControlChecks;
  readonly trust: Trust;
  readonly cases: CaseWork;
  readonly blocks: OpenBlockParts;
  readonly software: SoftwareBook;
};

function judged(parts: Parts, one: JudgedBody, verdict: Verdict): void {
  const { knowledge, checks, trust } = parts;
  const { post, measuredAt, body, now } = one;
  const { probe, target, standing } = post;
  const fact = knowledge.targets.get(target);
  if (fact?.canary === true || fact?.absent === true) {
    canary(parts, one, verdict, fact.absent === true);
    return;
  }
  const isHeard = trust.isHeard(standing);
  if (isHeard) checks.saw(post.line, post.check, measuredAt, verdict);
  const isOpen = isOpenCode(verdict.code);
  const vote = isOpen ? null : voteOf(probe.id, measuredAt, body, verdict, knowledge);
  if (vote === null && !isOpen) return;
  const watched = watchedOf(parts, post);
  trust.voted(standing, vote ?? { blocked: false, at: measuredAt }, watched.log.rounds.at(-1)?.round ?? null);
  if (!isHeard) return;
  standing.access = probe.access;
  if (isOpen && votedOpen(parts, watched, one)) return;
  const full = vote ?? voteOf(probe.id, measuredAt, body, verdict, knowledge);
  if (full !== null) voted(parts, watched, full, now);
}

/** A target with a known answer: whoever tells it wrongly while the line is well is believed less. */
function canary(
  { knowledge, checks, cadence, trust }: Parts,
  { post, measuredAt, body }: JudgedBody,
  verdict: Verdict,
  isAbsent: boolean,
): void {
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
}

function watchedOf({ cells }: Parts, post: Post): Watched {
  if (post.watched !== null) return post.watched;
  post.watched = cells.get(areaOf(post.probe), post.cadence.cell);
  post.check.cell = post.watched.log;
  return post.watched;
}

/** An open vote of a cell that nothing is open in. */
function votedOpen({ cadence }: Parts, one: Watched, { post, measuredAt, body }: JudgedBody): boolean {
  if (measuredAt > one.openAt) one.openAt = measuredAt;
  if (one.known !== null && one.known.member.end === null) return false;
  const from = measuredAt - body.durationMs;
  return addOpen(one.log, post.probe.id, from, measuredAt, cadence.of(one.cadence));
}

function voted(parts: Parts, one: Watched, vote: Vote, now: EpochMs): void {
  const { knowledge, cadence, checks, cases, blocks } = parts;
  const cadenceMs = cadence.of(one.cadence);
  const { area, cell } = one;
  const quality = () => checks.quality({ area, target: cell.target, at: vote.at, cadenceMs });
  const outcome = addVote(one.log, vote, quality, cadenceMs, () => crowdOf(parts, one, now));
  const again = heard(blocks, one, now);
  if (outcome === null) {
    if (again && one.known !== null) cases.publish(one.known.group, now);
    return;
  }
  const toleranceMs = knowledge.settings.mergeRounds * cadenceMs;
  const group = takeIn(blocks, one, outcome, { now, toleranceMs });
  if (outcome.kind === "opened") heard(blocks, one, now);
  if (group !== null) cases.publish(group, now);
}

function crowdOf({ trust, cells, software }: Parts, one: Watched, now: EpochMs): Crowd {
  const { target } = one.cell;
  return {
    weightOf: (probe) => trust.weightOf(probe, now),
    fleet: () => trust.active(now),
    elsewhere: () => witnessesBeside(one, cells.ofTarget(target)),
    claimedElsewhere: () => claimantsBeside(one, cells.ofTarget(target)),
    foundOpen: (since) => foundOpen(cells.ofTarget(target), since),
    programOf: (probe) => software.of(probe)?.version ?? null,
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
