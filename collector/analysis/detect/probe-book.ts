import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Loss } from "./loss.ts";

/** What is known of one probe's presence. */
export type ProbeState = {
  info: ProbeInfo;
  left: boolean;
  present: boolean;
  /** Since when it has been present without a break; null while it is not. */
  since: EpochMs | null;
  lastSeen: EpochMs | null;
  boot: string | null;
  lastEntryAt: EpochMs | null;
  software: string | null;
  lastStop: EpochMs | null;
  /** Latest link entry at the top of the ladder, and the latest of all. */
  lastWell: EpochMs | null;
  latestLink: { at: EpochMs; well: boolean } | null;
  /** Drops that no burst explains, and time watched: this probe's own churn. */
  drops: number;
  watchedMs: number;
  /** Its losses, oldest first; only the last can be open. */
  losses: Loss[];
};

/** Counts a loss as the probe's own churn, or no longer so. */
export function setChurn(state: ProbeState, loss: Loss, churn: boolean): void {
  if (loss.churn === churn) return;
  loss.churn = churn;
  state.drops = Math.max(0, state.drops + (churn ? 1 : -1));
}

const DAY_MS = 86_400_000;

/** A probe that has not been heard of yet. */
export function newProbe(info: ProbeInfo): ProbeState {
  return {
    info,
    left: info.to !== null,
    present: false,
    since: null,
    lastSeen: null,
    boot: null,
    lastEntryAt: null,
    software: null,
    lastStop: null,
    lastWell: null,
    latestLink: null,
    drops: 0,
    watchedMs: 0,
    losses: [],
  };
}

const LOSSES_KEPT = 16;

/** Adds a loss; the oldest are forgotten. */
export function addLoss(state: ProbeState, loss: Loss): void {
  state.losses.push(loss);
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

/** Drops a day of this probe, drawn towards the floor until it has been watched for a while. */
export function churnOf(state: ProbeState, now: EpochMs, settings: Settings): number {
  const watched = state.watchedMs + (state.since === null ? 0 : Math.max(0, now - state.since));
  const days = watched / DAY_MS;
  return (state.drops + settings.churnPerDay * settings.churnWeightDays) / (days + settings.churnWeightDays);
}

/** Chance that a probe drops by itself within the window of the burst test. */
export function dropChance(state: ProbeState, now: EpochMs, settings: Settings): number {
  return 1 - Math.exp((-churnOf(state, now, settings) * settings.burstWindowMs) / DAY_MS);
}
