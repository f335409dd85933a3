import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EpochMs } from "../types.ts";
import type { Degree } from "./extent.ts";

/** One probe's loss of the outside world, as its silence and later its own journal tell it. */
export type Loss = {
  probe: ProbeInfo;
  /** Since when it had been present without a break; null when that is not known. */
  presentSince: EpochMs | null;
  /** Latest proof that all was well: a beat, or a look that still found it so. */
  lastGood: EpochMs;
  /** By this time the loss had begun, from silence: the next beat did not come. Null when no beat was missed. */
  missedBy: EpochMs | null;
  /** Earliest look of the probe's own ladder below its top. */
  firstBad: EpochMs | null;
  /** Latest such look, or the start of a host that had been off. */
  lastBad: EpochMs | null;
  /** When all was well again; null while it is not. */
  endedAt: EpochMs | null;
  /** The end is told by presence only: the line may have been back for a while. */
  endedByPresence: boolean;
  /** Boot before the loss, and what was heard of boots since. */
  bootBefore: string | null;
  sameBootAt: EpochMs | null;
  rebooted: boolean;
  /** The program alone was started again on the same boot: with other software, or the same. */
  updated: boolean;
  restarted: boolean;
  /** Entries of the ladder during the loss, on the boot that was there before it. */
  degrees: Map<Degree, number>;
  /** Of these entries, how many found the gateway up, and down. */
  gateway: { up: number; down: number };
  /** How many found the provider itself answering (its resolver, or more), and not. */
  provider: { up: number; down: number };
  /** Anchors abroad during the loss: how often each answered, and not. */
  anchors: Map<string, { up: number; down: number }>;
  /** Entries during the silence that say that the line was well: then it was not the line. */
  wellDuring: number;
  /** Held to be the probe's own churn, as no burst explained it: its hour of the day, else null. */
  churnHour: number | null;
  /** Beats of the host came over DNS while nothing else did. */
  heardByDns: boolean;
  /** The volunteer switched off, or the collector did not run: no loss at all. */
  void: boolean;
};

/** A loss that begins now. */
export function newLoss(probe: ProbeInfo, lastGood: EpochMs, bootBefore: string | null): Loss {
  return {
    probe,
    presentSince: null,
    lastGood,
    missedBy: null,
    firstBad: null,
    lastBad: null,
    endedAt: null,
    endedByPresence: false,
    bootBefore,
    sameBootAt: null,
    rebooted: false,
    updated: false,
    restarted: false,
    degrees: new Map(),
    gateway: { up: 0, down: 0 },
    provider: { up: 0, down: 0 },
    anchors: new Map(),
    wellDuring: 0,
    churnHour: null,
    heardByDns: false,
    void: false,
  };
}

/** The moment by which losses are held to be of one burst. */
export function momentOf(loss: Loss): EpochMs {
  return Math.max(loss.lastGood, Math.min(loss.firstBad ?? loss.lastGood, loss.missedBy ?? loss.lastGood));
}

/** By this time the loss had begun. */
export function begunBy(loss: Loss): EpochMs {
  const { lastGood, missedBy, firstBad } = loss;
  if (missedBy === null && firstBad === null) return lastGood;
  return Math.max(lastGood, Math.min(missedBy ?? Number.POSITIVE_INFINITY, firstBad ?? Number.POSITIVE_INFINITY));
}

/** The probe's own journal shows the loss. */
export function isConfirmed(loss: Loss): boolean {
  return (loss.degrees.size > 0 || loss.rebooted) && loss.wellDuring === 0;
}

/** No switch-off, and not only a way to the collector that failed while the line was well. */
export function isReal(loss: Loss): boolean {
  return !loss.void && (loss.wellDuring === 0 || loss.degrees.size > 0);
}

/** The host itself had gone: it started anew, and no look of the boot before it saw the line fall. */
export function lostPower(loss: Loss): boolean {
  return loss.rebooted && loss.degrees.size === 0;
}
