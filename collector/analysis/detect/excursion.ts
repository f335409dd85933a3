import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { type Claimant, type Crowd, couldLie, fleetQuorumOf, quorumOf } from "./crowd.ts";
import { commonest } from "./statistics.ts";

/** What one probe alone contributed to a running sum, and since when; whether all that it said was proved, or some of it;
 * how it failed. */
export type Own = {
  evidence: number;
  since: EpochMs;
  proved: boolean;
  brought: boolean;
  codes: Readonly<Partial<Record<VerdictCode, number>>>;
};
/** One running sum and what it has heard since it left zero. */
export type Excursion = { sum: number; rounds: number; since: EpochMs; own: ReadonlyMap<string, Own> };

/** What an alarm depends on beside the sum. */
type Alarming = { voters: number; settings: Settings; cadenceMs: number; crowd: () => Crowd };

/**
 * An alarm needs the sum, rounds enough, and a quorum: without as many of its loudest claimants as could lie together
 * (crowd.ts), what the others say, here and in blocks of the target that are open elsewhere, must still be proof by itself
 * (Wald's bound), each word weighed by the age and history of its probe; or so must what all say who claim the same in
 * several cells at one time, without as many as could lie in the fleet. Where nobody else looks, one probe with proof opens it
 * as the only witness.
 */
export function isAlarm({ sum, rounds, own }: Excursion, share: number, scene: Alarming): boolean {
  const { voters, settings, crowd, cadenceMs } = scene;
  const sideBySide = Math.log(settings.blockShares.length);
  // The slowest test listens for days: chance has longer to gather, so it asks for more.
  const least = share === 0 ? settings.thresholdManyProbes : thresholdOf(voters, settings);
  if (sum <= least + sideBySide || rounds < settings.minRounds) return false;
  if (!isStable(own, settings)) return false;
  if (voters < 2) return rounds >= settings.singleWitnessRounds && [...own.values()].every(({ proved }) => proved);
  const beside = crowd();
  const claims = claimantsOf(own);
  const begun = claims.map(({ since }) => since);
  const atOnce = Math.max(...begun) - Math.min(...begun) <= cadenceMs;
  const left = couldLie({ claimants: claims.length, voters, atOnce }, beside, settings);
  if (quorumOf(claims, left, beside) >= settings.confirmEvidence) return true;
  return fleetQuorumOf(claims, beside, { ...settings, cadenceMs }) >= settings.confirmEvidence;
}

/** Who claims a block, with what each word weighs by itself. */
export function claimantsOf(own: Excursion["own"]): Claimant[] {
  return [...own].flatMap(([probe, { evidence, since, codes }]) =>
    evidence > 0 ? [{ probe, evidence, since, code: commonest(Object.entries(codes) as [VerdictCode, number][]) }] : [],
  );
}

/**
 * A filter does the same to the same probe each time; a bad line fails now here, now there. One stable failure type is what
 * OONI's study of Kazakhstan (2024) asks of a network; here of each probe, since resolvers differ within one.
 */
function isStable(own: Excursion["own"], { stableShare }: Settings): boolean {
  let [same, all] = [0, 0];
  for (const { codes } of own.values()) {
    const counts = Object.values(codes);
    same += Math.max(0, ...counts);
    all += counts.reduce((sum, count) => sum + count, 0);
  }
  return same >= stableShare * all;
}

/** The sum from which an alarm may be, by the number of probes voting. */
export function thresholdOf(voters: number, settings: Settings): number {
  return voters >= settings.manyProbes ? settings.thresholdManyProbes : settings.thresholdFewProbes;
}
