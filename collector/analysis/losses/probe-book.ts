import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EpochMs } from "../types.ts";
import { addDrop, addWatched, type Churn, hourOf, newChurn } from "./churn.ts";
import { isReal, type Loss, momentOf } from "./loss.ts";

/** What is known of one probe's presence. */
export type ProbeState = {
  info: ProbeInfo;
  left: boolean;
  present: boolean;
  /** Since when it has been present without a break; null while it is not. */
  since: EpochMs | null;
  /** Up to when its time is counted in its churn. */
  countedTo: EpochMs | null;
  /** Its beats come over DNS, whether or not they come otherwise. */
  heardByDns: boolean;
  boot: string | null;
  lastEntryAt: EpochMs | null;
  software: string | null;
  lastStop: EpochMs | null;
  /** Latest look that found the line well, and the latest entry of all. */
  lastWell: EpochMs | null;
  latestLink: { at: EpochMs; well: boolean } | null;
  churn: Churn;
  /** Its losses by the time they began; only the last can be open. */
  losses: Loss[];
  /** As what it is counted as present and well (census.ts); null while it is not. */
  countedAs: ProbeInfo | null;
};

/** Counts a loss as the probe's own churn, or no longer so; the fleet's habit of the hour goes with it. */
export function setChurn(state: ProbeState, fleet: Churn, loss: Loss, isChurn: boolean): void {
  if ((loss.churnHour !== null) === isChurn) return;
  const hour = loss.churnHour ?? hourOf(momentOf(loss));
  for (const churn of [state.churn, fleet]) addDrop(churn, hour, isChurn ? 1 : -1);
  loss.churnHour = isChurn ? hour : null;
}

/** Counts the time up to a moment in the churn of the probe and of the fleet. */
export function countTime(state: ProbeState, fleet: Churn, to: EpochMs): void {
  const { countedTo } = state;
  if (countedTo === null || to <= countedTo) return;
  for (const churn of [state.churn, fleet]) addWatched(churn, countedTo, to);
  state.countedTo = to;
}

/** A probe that has not been heard of yet. */
export function newProbe(info: ProbeInfo): ProbeState {
  return {
    info,
    left: info.to !== null,
    present: false,
    since: null,
    countedTo: null,
    heardByDns: false,
    boot: null,
    lastEntryAt: null,
    software: null,
    lastStop: null,
    lastWell: null,
    latestLink: null,
    churn: newChurn(),
    losses: [],
    countedAs: null,
  };
}

const LOSSES_KEPT = 64;

/** Adds a loss in its place by time; the oldest are forgotten. */
export function addLoss(state: ProbeState, loss: Loss): void {
  let place = state.losses.length;
  while (place > 0 && (state.losses[place - 1]?.lastGood ?? 0) > loss.lastGood) place--;
  state.losses.splice(place, 0, loss);
  if (state.losses.length > LOSSES_KEPT) state.losses.shift();
}

/** The last loss that had begun by a moment. */
export function lossAt(state: ProbeState, moment: EpochMs): Loss | null {
  return state.losses.findLast((loss) => !loss.void && loss.lastGood <= moment) ?? null;
}

/** The loss that is not over; null while all is well. */
export function openLoss(state: ProbeState): Loss | null {
  const last = state.losses.at(-1);
  return last !== undefined && !last.void && last.endedAt === null ? last : null;
}

/** Whether a probe was there, and well, before a moment: it is now and has been since, or a later loss says so. */
export function wasThere({ present, since, left, losses }: ProbeState, moment: EpochMs): boolean {
  const over = losses.some(
    (loss) => !loss.void && loss.lastGood <= moment && isReal(loss) && (loss.endedAt === null || loss.endedAt > moment),
  );
  if (over) return false;
  if (present && !left && since !== null && since <= moment) return true;
  return losses.some(
    ({ presentSince, lastGood }) => presentSince !== null && presentSince <= moment && lastGood > moment,
  );
}
