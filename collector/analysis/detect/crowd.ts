import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { commonest, median } from "./statistics.ts";

/** A probe that says that a target is blocked: what its word weighs by itself, since when it says so, and how it mostly
 * fails. */
export type Claimant = { probe: string; evidence: number; since: EpochMs; code: VerdictCode | null };

/** Those beside whom the claimants of a cell stand: how far each is believed, and how many there are. */
export type Crowd = {
  /** Weight of a probe's word by its age and history, 0 to 1. */
  weightOf: (probe: string) => number;
  /** Witnesses that voted on anything within a day. */
  fleet: () => number;
  /** Witnesses of open blocks of the same target in other cells. */
  elsewhere: () => Iterable<string>;
  /** Who claims a block of the same target in other cells, where none has opened. */
  claimedElsewhere: () => readonly Claimant[];
  /** Who has found the target open since a moment, in any cell, in the last rounds. */
  foundOpen: (since: EpochMs) => ReadonlySet<string>;
  /** Version of the program that a probe runs; null when it is not known. */
  programOf: (probe: string) => string | null;
};

/** Nobody is known: every word weighs the same. */
export const NO_CROWD: Crowd = {
  weightOf: () => 1,
  fleet: () => 0,
  elsewhere: () => [],
  claimedElsewhere: () => [],
  foundOpen: () => new Set(),
  programOf: () => null,
};

/** Two may always lie together in a fleet of which two are a tenth; against others who look, a third of a cell's voters. */
const FEW = 2;
const CELL_SHARE = 1 / 3;

/** What claims a block in a cell. `atOnce`: all claimants turned from open to blocked within a round of each other. */
export type Claim = { claimants: number; voters: number; atOnce: boolean };

/**
 * How many of the claimants of a cell could lie together: a tenth of its voters and at least one, as one host may do
 * anything; where two are a tenth of the fleet, two, unless more than they, and all who look, turned at once; and where
 * others of the cell find the target open, as many as a third of the voters, no more than a tenth of the fleet. A cell on
 * which liars are the most cannot be told from a blocked one.
 */
export function couldLie(
  { claimants, voters, atOnce }: Claim,
  crowd: Crowd,
  { liarShare }: Pick<Settings, "liarShare">,
): number {
  const least = Math.max(1, Math.ceil(voters * liarShare));
  const agreed = claimants >= voters;
  if (agreed && atOnce && claimants > FEW) return least;
  const ofCell = agreed ? FEW : Math.max(FEW, Math.ceil(CELL_SHARE * voters));
  return Math.max(least, Math.min(Math.floor(liarShare * crowd.fleet()), ofCell));
}

/** Evidence of a witness of an open block: more than any quorum asks for. */
const LENT = 100;
/** What a claim elsewhere must weigh to be counted: about two failures in a row of a probe that seldom fails. One is
 * chance, which some cell of a fleet always has. */
const CLAIM_LEAST = 4.6;

/** Evidence that is left of a cell's claims without the loudest `left`; a block that is open elsewhere lends its
 * witnesses. */
export function quorumOf(claims: readonly Claimant[], left: number, crowd: Crowd): number {
  const lent = left < 2 ? [] : [...crowd.elsewhere()].map((probe) => ({ probe, evidence: LENT }));
  return weighedRest([...claims, ...lent], left, crowd).reduce((total, evidence) => total + evidence, 0);
}

/**
 * The same over the whole fleet, for a filter that only some of each cell stand behind (one of several paths abroad): what
 * began together with a cell's claims and fails in the same way elsewhere is counted with them, and as many are left out as
 * could lie in the whole fleet. Zero where nobody elsewhere claims anything, and where their program tells claimants from
 * others: half of the probes of each cell may as well have been updated.
 */
export function fleetQuorumOf(
  claims: readonly Claimant[],
  crowd: Crowd,
  { liarShare, mergeRounds, cadenceMs }: Pick<Settings, "liarShare" | "mergeRounds"> & { cadenceMs: number },
): number {
  const code = mostOf(claims.map((claim) => claim.code));
  const began = median(claims.map(({ since }) => since)) ?? 0;
  // In the round in which it began, many were asked before.
  const open = crowd.foundOpen(began + cadenceMs);
  const counts = ({ probe, evidence, since, ...one }: Claimant) =>
    one.code === code &&
    evidence >= CLAIM_LEAST &&
    Math.abs(since - began) <= mergeRounds * cadenceMs &&
    !open.has(probe);
  const beside = crowd.claimedElsewhere().filter(counts);
  const all = [...claims.filter(counts), ...beside];
  if (beside.length === 0 || mayBeProgram(all, open, crowd)) return 0;
  const left = weighedRest(all, Math.max(1, Math.floor(liarShare * crowd.fleet())), crowd);
  // The claims are the loudest of a whole fleet: each pays for the search among so many.
  const searched = Math.log(Math.max(1, crowd.fleet()));
  return left.length < FEW ? 0 : left.reduce((total, evidence) => total + Math.max(0, evidence - searched), 0);
}

/** So much commoner among claimants than among those who find the target open, one version of the program may err. */
const OF_PROGRAM = 0.5;

function mayBeProgram(claims: readonly Claimant[], open: ReadonlySet<string>, { programOf }: Crowd): boolean {
  const theirs = claims.map(({ probe }) => programOf(probe));
  const others = [...open].map(programOf);
  // Whose start is not known has not been updated since the records begin: that is a version like others.
  const most = mostOf(theirs);
  const shareOf = (programs: readonly (string | null)[]) =>
    programs.filter((program) => program === most).length / programs.length;
  // With nobody to compare with it cannot be told yet.
  return others.length < FEW || shareOf(theirs) - shareOf(others) >= OF_PROGRAM;
}

/** What claims weigh, without the `left` that weigh most. */
function weighedRest(
  claims: readonly Pick<Claimant, "probe" | "evidence">[],
  left: number,
  { weightOf }: Crowd,
): number[] {
  const all = new Map(claims.map(({ probe, evidence }) => [probe, evidence]));
  const weighed = [...all].map(([probe, evidence]) => evidence * weightOf(probe)).sort((a, b) => b - a);
  return weighed.slice(left);
}

function mostOf<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return commonest(counts);
}
