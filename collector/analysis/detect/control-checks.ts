import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Fared } from "../causes/block-evidence.ts";
import { failedCheck } from "../line-past.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";

/** Where a cell lies: the probes of one network in one region share their line's fate. */
export type Area = string;

/** What the other targets say of the line while one target is judged. */
export type LineQuality = {
  /** Share of the checks that failed; null where there are too few, and then `trials` is 0. */
  controlShare: number | null;
  trials: number;
  masked: boolean;
  badLines: ReadonlySet<string>;
};

/** A target as a check of a probe's line. `cell`: what is suspected of it there, once anybody voted on it. */
export type Check = {
  readonly target: string;
  at: EpochMs;
  failed: boolean;
  lastPass: EpochMs | null;
  cell: { readonly suspicion: Suspicion } | null;
};
/** A probe's line as its checks show it. */
export type Line = {
  readonly probe: string;
  readonly checks: Map<string, Check>;
  heardAt: EpochMs;
  link: { at: EpochMs; counts: Count } | null;
};
type Count = { fails: number; trials: number };

export type ControlChecks = {
  lineOf: (area: Area, probe: string) => Line;
  checkOf: (line: Line, target: string) => Check;
  /** A target was judged; a verdict that says nothing of the line is ignored. */
  saw: (line: Line, check: Check, at: EpochMs, verdict: Verdict) => void;
  sawLink: (line: Line, at: EpochMs, body: LinkBody) => void;
  /** Quality of the lines of an area around a moment, leaving out one target and those under suspicion themselves. */
  quality: (question: Question) => LineQuality;
  /** How names of one kind fared in the latest looks of an area around a moment, held against what began at `since`. */
  fared: (question: FaredQuestion) => Fared;
};
type Question = { area: Area; target: string; at: EpochMs; cadenceMs: number };

export type FaredQuestion = {
  area: Area;
  at: EpochMs;
  since: EpochMs;
  cadenceMs: number;
  counts: (target: string) => boolean;
};

/** A target whose cell is open is known to be blocked; a suspected one is unanimously so, but not yet believed. */
export type Suspicion = "none" | "suspected" | "open";

const NO_LINES: ReadonlyMap<string, Line> = new Map();

/** Targets that must be under suspicion, as a share of all, for "everything fails" to be the line's fault. */
const NEARLY_ALL = 0.75;

/**
 * Control checks of a cell (docs/method.md, cell mask): results of all probes for all *other* targets in the same
 * round. A target that a probe has not reached lately is no check, nor is one whose own cell is unanimously blocked:
 * that is a block of several targets, while a bad network fails here and there.
 */
export function createControlChecks(settings: Settings): ControlChecks {
  const areas = new Map<Area, Map<string, Line>>();
  return {
    lineOf: (area, probe) => {
      const lines = areas.get(area) ?? new Map<string, Line>();
      areas.set(area, lines);
      const line = lines.get(probe) ?? { probe, checks: new Map(), heardAt: NEVER, link: null };
      lines.set(probe, line);
      return line;
    },
    checkOf: ({ checks }, target) => {
      const check = checks.get(target) ?? { target, at: NEVER, failed: false, lastPass: null, cell: null };
      checks.set(target, check);
      return check;
    },
    saw: (line, check, at, verdict) => {
      const failed = failedCheck(verdict);
      if (failed === null || check.at > at) return;
      if (at > line.heardAt) line.heardAt = at;
      check.at = at;
      check.failed = failed;
      if (!failed) check.lastPass = at;
    },
    sawLink: (line, at, body) => {
      if (at > line.heardAt) line.heardAt = at;
      if (line.link !== null && line.link.at > at) return;
      const checks = [...body.checks.domestic, ...body.checks.foreign];
      line.link = { at, counts: { fails: checks.filter(({ ok }) => !ok).length, trials: checks.length } };
    },
    quality: (question) => judge(areas.get(question.area) ?? NO_LINES, question, settings),
    fared: (question) => faredIn(areas.get(question.area) ?? NO_LINES, question, settings),
  };
}

const NEVER = Number.NEGATIVE_INFINITY;

/** The lines heard last, at most so many: a vote costs no more than that, however large a network is. */
function latestLines(lines: ReadonlyMap<string, Line>, most: number): Iterable<Line> {
  if (lines.size <= most) return lines.values();
  return [...lines.values()].sort((a, b) => b.heardAt - a.heardAt).slice(0, most);
}

/** A line's checks of about a moment, at most so many, the latest. */
function checksAbout({ checks }: Line, at: EpochMs, withinMs: number, most: number): readonly Check[] {
  const near: Check[] = [];
  for (const check of checks.values()) if (Math.abs(check.at - at) <= withinMs) near.push(check);
  return near.length <= most ? near : near.sort((a, b) => b.at - a.at).slice(0, most);
}

/** Rounds before and after a beginning within which another failure began with it. */
const WITH_ROUNDS = 3;

function faredIn(
  lines: ReadonlyMap<string, Line>,
  { at, since, cadenceMs, counts }: FaredQuestion,
  settings: Settings,
): Fared {
  const names = new Set<string>();
  let [failed, passed] = [0, 0];
  for (const line of latestLines(lines, settings.checkProbes))
    for (const check of checksAbout(line, at, 2 * cadenceMs, settings.checkTargets)) {
      if (!counts(check.target)) continue;
      if (!check.failed) passed++;
      else if (check.lastPass !== null && Math.abs(check.lastPass - since) <= WITH_ROUNDS * cadenceMs) {
        failed++;
        names.add(check.target);
      }
    }
  return { failed, passed, names };
}

function judge(lines: ReadonlyMap<string, Line>, question: Question, settings: Settings): LineQuality {
  const badLines = new Set<string>();
  const pool: Count = { fails: 0, trials: 0 };
  const links: Count = { fails: 0, trials: 0 };
  const freshMs = Math.min(settings.linkFreshMs, 2 * question.cadenceMs);
  let suspects = 0;
  for (const line of latestLines(lines, settings.checkProbes)) {
    const counts = countTargets(line, question, settings);
    suspects += counts.suspects;
    if (counts.trials >= settings.badLineTrials && counts.fails / counts.trials > settings.badLineShare) {
      badLines.add(line.probe);
      continue;
    }
    addTo(pool, counts);
    if (line.link !== null && Math.abs(line.link.at - question.at) <= freshMs) addTo(links, line.link.counts);
  }
  // The state of the line stands in only where too few targets do: anchors do not share the targets' paths.
  const checks = pool.trials >= settings.maskTrials ? pool : sum(pool, links);
  if (checks.trials < settings.maskTrials) {
    const allFail = suspects >= settings.maskTrials && suspects > NEARLY_ALL * (suspects + pool.trials);
    return { controlShare: null, trials: 0, masked: allFail, badLines };
  }
  const masked = (checks.fails + 0.5) / (checks.trials + 1) > settings.maskShare;
  const controlShare = (checks.fails + settings.baselinePrior) / (checks.trials + 1);
  return { controlShare, trials: checks.trials, masked, badLines };
}

function countTargets(
  line: Line,
  { target, at, cadenceMs }: Question,
  settings: Settings,
): Count & { suspects: number } {
  const counts = { fails: 0, trials: 0, suspects: 0 };
  for (const check of checksAbout(line, at, 2 * cadenceMs, settings.checkTargets)) {
    if (check.target === target) continue;
    if (check.failed && (check.lastPass === null || at - check.lastPass > settings.controlCheckRounds * cadenceMs))
      continue;
    const suspected = check.cell?.suspicion ?? "none";
    if (suspected === "suspected") counts.suspects++;
    if (suspected !== "none") continue;
    counts.trials++;
    if (check.failed) counts.fails++;
  }
  return counts;
}

function addTo(total: Count, { fails, trials }: Count): void {
  total.fails += fails;
  total.trials += trials;
}

function sum(a: Count, b: Count): Count {
  return { fails: a.fails + b.fails, trials: a.trials + b.trials };
}
