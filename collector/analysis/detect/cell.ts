import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Baseline } from "./baseline.ts";
import type { LineQuality } from "./control-checks.ts";
import type { Claimant, Crowd } from "./crowd.ts";
import type { Episode } from "./episode.ts";
import { claimantsOf, type Excursion, isAlarm, type Own, thresholdOf } from "./excursion.ts";
import { type Counted, countedVotes, type Round } from "./round.ts";
import { lnBetaBinomial, valueAt } from "./statistics.ts";

/** State after a round: quiet, with one sum for each alternative, or open, with the sum that looks for the end. */
export type CellState = {
  excursions: readonly Excursion[];
  open: Episode | null;
  ending: Excursion;
  /** Votes of the rounds within one cadence: they share one state of the line. */
  looks: Looks;
};
/** Blocked votes and all votes since a moment. */
type Looks = { since: EpochMs; blocked: number; all: number };

/** What a round changed. `share` is the index of the alternative that was taken. */
export type Change = { kind: "none" } | { kind: "opened"; share: number; since: EpochMs } | { kind: "closed" };

/** What a step knows beside the votes: the record of failures, and the probes that voted of late. */
export type Scene = { baseline: Baseline; voters: number; settings: Settings; cadenceMs: number; crowd: () => Crowd };

const NOTHING: Excursion = { sum: 0, rounds: 0, since: 0, own: new Map() };
/** Rounds that begin within this part of a cadence share one state of the line: the later one was asked for. Simulated,
 * with bad rounds that last (`npm run eval -- --quiet-years`). */
export const WITHIN = 0.5;
const NO_LOOKS: Looks = { since: Number.NEGATIVE_INFINITY, blocked: 0, all: 0 };
const NO_CHANGE: Change = { kind: "none" };
/** State in which no sum is above zero. Compared by identity: a quiet round costs nothing. */
export const QUIET: CellState = { excursions: [], open: null, ending: NOTHING, looks: NO_LOOKS };

/** A cell that has opened, before anything speaks for its end. */
export function openedCell(episode: Episode): CellState {
  return { excursions: [], open: episode, ending: NOTHING, looks: NO_LOOKS };
}

/**
 * One step of the sequential test of a cell: beta-binomial CUSUMs side by side for the start (Page, Biometrika 41 (1954)
 * 100-115), a mirrored one for the end. `idleRounds` is the time since the round before, in rounds. Opening is left to
 * the caller, who has the rounds.
 */
export function stepCell(
  before: CellState,
  round: Round,
  idleRounds: number,
  scene: Scene,
): { state: CellState; change: Change } {
  const faded = fade(before, idleRounds, scene.settings);
  const votes = countedVotes(round);
  if (votes.blocked.length + votes.open.length === 0) return { state: faded, change: NO_CHANGE };
  const ear = { ...scene, quality: round.quality, at: round.start, before: looksBefore(faded, round.start, scene) };
  const { state, change } =
    faded.open === null ? listenForStart(faded, votes, ear) : listenForEnd(faded, faded.open, votes, ear);
  return { state: state === QUIET ? QUIET : { ...state, looks: withVotes(ear.before, votes) }, change };
}

type Ear = Evidence & Scene & { at: EpochMs };
/** What the evidence of a round depends on beside its votes. */
type Evidence = Pick<Scene, "baseline" | "settings"> & { quality: LineQuality | null; before: Looks };

function looksBefore({ looks }: CellState, at: EpochMs, { cadenceMs }: Scene): Looks {
  return at - looks.since < cadenceMs * WITHIN ? looks : { since: at, blocked: 0, all: 0 };
}

function withVotes({ since, blocked, all }: Looks, votes: Counted): Looks {
  return { since, blocked: blocked + votes.blocked.length, all: all + votes.blocked.length + votes.open.length };
}

function listenForStart(state: CellState, votes: Counted, ear: Ear): { state: CellState; change: Change } {
  const { settings } = ear;
  const { blocked } = votes;
  if (blocked.length === 0 && state === QUIET) return { state, change: NO_CHANGE };
  const excursions = settings.blockShares.map((share, index) => {
    const before = state.excursions[index] ?? NOTHING;
    const fresh = blocked.filter(({ proof }) => proof).length;
    const proved = isProved(votes, before) ? Math.min(2, fresh) * settings.proofGain : 0;
    return add(before, roundEvidence(votes, share, ear) + proved, share, votes, ear);
  });
  let share = 0;
  for (let index = 1; index < excursions.length; index++)
    if ((excursions[index]?.sum ?? 0) > (excursions[share]?.sum ?? 0)) share = index;
  const leading = excursions[share] ?? NOTHING;
  if (leading.sum === 0) return { state: QUIET, change: NO_CHANGE };
  const change: Change = isAlarm(leading, share, ear) ? { kind: "opened", share, since: leading.since } : NO_CHANGE;
  return { state: { excursions, open: null, ending: NOTHING, looks: NO_LOOKS }, change };
}

/** Whether all that is blocked in a round is proved, and two probes or more have brought proof. */
function isProved({ blocked }: Counted, { own }: Excursion): boolean {
  const before = [...own].filter(([, { brought, evidence }]) => brought && evidence > 0).map(([probe]) => probe);
  // Follow-ups are made once an hour: what a probe has proved need not be proved again by its next look.
  if (blocked.length === 0 || !blocked.every(({ proof, probe }) => proof || before.includes(probe))) return false;
  return new Set([...before, ...blocked.map(({ probe }) => probe)]).size > 1;
}

function listenForEnd(state: CellState, open: Episode, votes: Counted, ear: Ear): { state: CellState; change: Change } {
  const { settings, voters } = ear;
  if (votes.open.length === 0 && state.ending === NOTHING) return { state, change: NO_CHANGE };
  const share = valueAt(settings.blockShares, open.share);
  const ending = addOpen(state.ending, -roundEvidence(withoutFew(votes, state.ending, ear), share, ear), votes, ear.at);
  const over =
    ending.sum > thresholdOf(voters, settings) / (open.share === settings.blockShares.length - 1 ? 2 : 1) &&
    ending.rounds >= settings.minRounds &&
    [...ending.own.values()].filter(({ evidence }) => evidence === 0).length >= Math.min(settings.minProbes, voters);
  if (over) return { state: QUIET, change: { kind: "closed" } };
  return { state: { excursions: [], open, ending, looks: NO_LOOKS }, change: NO_CHANGE };
}

/**
 * Log-likelihood ratio of a round: blocked at `share` against mere failures, as the voters' record and the control checks
 * let expect them. Failures of one round come from one state of the line, a beta variate; the checks are further draws
 * from it, so that its posterior is expected (conjugate; Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4), but never
 * better than what the checks themselves show. Rounds sooner than a cadence after another (looks that were asked for)
 * share its state: they bring what both together tell beyond the first.
 */
export function roundEvidence(votes: Counted, share: number, ear: Evidence): number {
  const { baseline, settings, quality, before } = ear;
  const usual = baseline.meanOf(votes);
  const [least, trials] = [
    quality?.controlShare ?? 0,
    Math.min(settings.checkMost, (quality?.trials ?? 0) * settings.checkWeight),
  ];
  const weight = 1 / baseline.rho() - 1;
  const posterior = (usual * weight + least * trials) / (weight + trials);
  const mean = Math.min(0.5, Math.max(settings.baselineFloor, posterior, least));
  // With a baseline near an alternative the two must not be told apart the wrong way round.
  if (mean >= share) return 0;
  const rho = 1 / (1 + weight + trials);
  const ratio = (k: number, n: number) =>
    lnBetaBinomial(k, n, share, settings.blockRho) - lnBetaBinomial(k, n, mean, rho);
  const [k, n] = [votes.blocked.length, votes.blocked.length + votes.open.length];
  return before.all === 0 ? ratio(k, n) : ratio(before.blocked + k, before.all + n) - ratio(before.blocked, before.all);
}

function add(before: Excursion, gain: number, share: number, votes: Counted, ear: Ear): Excursion {
  const sum = Math.max(0, before.sum + gain);
  if (sum === 0) return NOTHING;
  const own = new Map(before.own);
  const tell = (probe: string, code: VerdictCode | null, proved: boolean) => {
    const failed = code !== null;
    const usual = Math.min(0.5, Math.max(ear.baseline.shareOf(probe), ear.quality?.controlShare ?? 0));
    const told = usual >= share ? 0 : failed ? Math.log(share / usual) : Math.log((1 - share) / (1 - usual));
    const known = own.get(probe);
    const evidence = Math.max(0, (known?.evidence ?? 0) + told);
    const brought = (known?.brought ?? false) || (failed && proved);
    const codes = failed ? { ...known?.codes, [code]: (known?.codes[code] ?? 0) + 1 } : (known?.codes ?? {});
    const since = known !== undefined && known.evidence > 0 ? known.since : ear.at;
    own.set(probe, { evidence, since, proved: proved && (known?.proved ?? true), brought, codes });
  };
  for (const { probe, code, proof } of votes.blocked) tell(probe, code, proof);
  for (const probe of votes.open) if (own.has(probe)) tell(probe, null, true);
  const began = before.rounds === 0 ? ear.at : before.since;
  return { sum, rounds: before.rounds + (votes.blocked.length > 0 ? 1 : 0), since: began, own };
}

/** Leaves out those few who alone go on to claim a block: they could not have opened it, so they do not keep it open. */
function withoutFew(votes: Counted, { own }: Excursion, { voters, settings }: Ear): Counted {
  const claim = new Set(votes.blocked.map(({ probe }) => probe));
  for (const [probe, { evidence }] of own) if (evidence > 0) claim.add(probe);
  if (votes.open.length < 2 || claim.size > Math.max(1, Math.ceil(voters * settings.liarShare))) return votes;
  return { blocked: [], open: votes.open.filter((probe) => !claim.has(probe)) };
}

const UNPROVED: Omit<Own, "evidence"> = { since: 0, proved: false, brought: false, codes: {} };

/** Who was open since something speaks for the end, and, with evidence, whose last word claims the block. */
function addOpen(before: Excursion, gain: number, votes: Counted, at: EpochMs): Excursion {
  const sum = Math.max(0, before.sum + gain);
  if (sum === 0) return NOTHING;
  const own = new Map(before.own);
  for (const probe of votes.open) own.set(probe, { ...UNPROVED, evidence: 0 });
  for (const { probe } of votes.blocked) own.set(probe, { ...UNPROVED, evidence: 1 });
  const since = before.rounds === 0 ? at : before.since;
  return { sum, rounds: before.rounds + (votes.open.length > 0 ? 1 : 0), since, own };
}

/** Who claims a block in the test that speaks loudest for one; nobody where one is open. */
export function claimantsIn({ open, excursions }: CellState): Claimant[] {
  if (open !== null || excursions.length === 0) return [];
  return claimantsOf(excursions.reduce((most, one) => (one.sum > most.sum ? one : most)).own);
}

function fade(state: CellState, idleRounds: number, settings: Settings): CellState {
  const idle = idleRounds - settings.carryRounds;
  if (idle <= 0 || state.excursions.length === 0) return state;
  const factor = 2 ** (-idle / settings.halfLifeRounds);
  return { ...state, excursions: state.excursions.map((one) => ({ ...one, sum: one.sum * factor })) };
}
