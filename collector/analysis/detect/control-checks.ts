import type { LinkBody } from "../../../protocol/records/link.ts";
import { isBlocking, type Verdict } from "../../../protocol/verdict.ts";
import type { Fared } from "../causes/block-evidence.ts";
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

export type ControlChecks = {
  /** A target was judged; a verdict that says nothing of the line is ignored. */
  saw: (area: Area, probe: string, target: string, at: EpochMs, verdict: Verdict) => void;
  sawLink: (area: Area, probe: string, at: EpochMs, body: LinkBody) => void;
  /** Quality of the lines of an area around a moment, leaving out one target and those under suspicion themselves. */
  quality: (question: {
    area: Area;
    target: string;
    at: EpochMs;
    cadenceMs: number;
    suspicion: (target: string) => Suspicion;
  }) => LineQuality;
  /** How names of one kind fared in the latest looks of an area around a moment, held against what began at `since`. */
  fared: (question: FaredQuestion) => Fared;
};

export type FaredQuestion = {
  area: Area;
  at: EpochMs;
  since: EpochMs;
  cadenceMs: number;
  counts: (target: string) => boolean;
};

/** A target whose cell is open is known to be blocked; a suspected one is unanimously so, but not yet believed. */
export type Suspicion = "none" | "suspected" | "open";

type Check = { at: EpochMs; failed: boolean; lastPass: EpochMs | null };
type Count = { fails: number; trials: number };
type Line = { targets: Map<string, Check>; link: { at: EpochMs; counts: Count } | null };

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
  const lineOf = (area: Area, probe: string): Line => {
    let lines = areas.get(area);
    if (lines === undefined) {
      lines = new Map();
      areas.set(area, lines);
    }
    const line = lines.get(probe) ?? { targets: new Map(), link: null };
    // Those heard last stand last.
    lines.delete(probe);
    lines.set(probe, line);
    return line;
  };
  return {
    saw: (area, probe, target, at, verdict) => {
      const failed = failedCheck(verdict);
      if (failed === null) return;
      const { targets } = lineOf(area, probe);
      const before = targets.get(target);
      if (before !== undefined && before.at > at) return;
      targets.delete(target);
      targets.set(target, { at, failed, lastPass: failed ? (before?.lastPass ?? null) : at });
    },
    sawLink: (area, probe, at, body) => {
      const checks = [...body.checks.domestic, ...body.checks.foreign];
      const line = lineOf(area, probe);
      if (line.link !== null && line.link.at > at) return;
      line.link = { at, counts: { fails: checks.filter(({ ok }) => !ok).length, trials: checks.length } };
    },
    quality: (question) => judge(areas.get(question.area) ?? NO_LINES, question, settings),
    fared: (question) => faredIn(areas.get(question.area) ?? NO_LINES, question, settings),
  };
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
  for (const [, { targets }] of latest(lines, settings.checkProbes))
    for (const [target, check] of latest(targets, settings.checkTargets)) {
      if (!counts(target) || Math.abs(check.at - at) > 2 * cadenceMs) continue;
      if (!check.failed) passed++;
      else if (check.lastPass !== null && Math.abs(check.lastPass - since) <= WITH_ROUNDS * cadenceMs) {
        failed++;
        names.add(target);
      }
    }
  return { failed, passed, names };
}

function judge(
  lines: ReadonlyMap<string, Line>,
  question: Parameters<ControlChecks["quality"]>[0],
  settings: Settings,
): LineQuality {
  const badLines = new Set<string>();
  const pool: Count = { fails: 0, trials: 0 };
  const links: Count = { fails: 0, trials: 0 };
  const freshMs = Math.min(settings.linkFreshMs, 2 * question.cadenceMs);
  let suspects = 0;
  for (const [probe, line] of latest(lines, settings.checkProbes)) {
    const counts = countTargets(line, question, settings);
    suspects += counts.suspects;
    if (counts.trials >= settings.badLineTrials && counts.fails / counts.trials > settings.badLineShare) {
      badLines.add(probe);
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
  { target, at, cadenceMs, suspicion }: Parameters<ControlChecks["quality"]>[0],
  settings: Settings,
): Count & { suspects: number } {
  const counts = { fails: 0, trials: 0, suspects: 0 };
  for (const [other, check] of latest(line.targets, settings.checkTargets)) {
    if (other === target || Math.abs(check.at - at) > 2 * cadenceMs) continue;
    if (check.failed && (check.lastPass === null || at - check.lastPass > settings.controlCheckRounds * cadenceMs))
      continue;
    const suspected = suspicion(other);
    if (suspected === "suspected") counts.suspects++;
    if (suspected !== "none") continue;
    counts.trials++;
    if (check.failed) counts.fails++;
  }
  return counts;
}

/** The entries set last, at most so many: a vote costs no more than that, however large a network is. */
function latest<K, V>(map: ReadonlyMap<K, V>, most: number): Iterable<[K, V]> {
  return map.size <= most ? map : [...map].slice(-most);
}

/** Whether a verdict is a failed check of the line; null when it tells nothing of it. */
function failedCheck({ code }: Verdict): boolean | null {
  if (code === "ok" || code === "geo_block") return false;
  if (isBlocking(code) || code === "offline" || code === "inconclusive") return true;
  return null;
}

function addTo(total: Count, { fails, trials }: Count): void {
  total.fails += fails;
  total.trials += trials;
}

function sum(a: Count, b: Count): Count {
  return { fails: a.fails + b.fails, trials: a.trials + b.trials };
}
