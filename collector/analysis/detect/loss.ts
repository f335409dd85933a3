import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EpochMs } from "../types.ts";
import type { Degree } from "./extent.ts";

/** One probe's loss of the outside world, as its silence and later its own journal tell it. */
export type Loss = {
  probe: ProbeInfo;
  /** Latest proof that all was well: a beat, or a link entry that says so. */
  lastGood: EpochMs;
  /** By this time the loss had begun, from silence: the next beat did not come. Null when no beat was missed. */
  missedBy: EpochMs | null;
  /** Earliest entry of the probe's own ladder below its top. */
  firstBad: EpochMs | null;
  /** Latest such entry. */
  lastBad: EpochMs | null;
  /** When all was well again; null while it is not. */
  endedAt: EpochMs | null;
  /** Boot before the loss, and what was heard of boots since. */
  bootBefore: string | null;
  sameBootAt: EpochMs | null;
  rebooted: boolean;
  /** The program alone was started again, with other software. */
  updated: boolean;
  /** Entries of the ladder during the loss, on the boot that was there before it. */
  degrees: Map<Degree, number>;
  gatewayUp: boolean;
  /** Entries during the silence that say that the line was well: then it was not the line. */
  wellDuring: number;
  /** Held to be the probe's own churn, as no burst explained it. */
  churn: boolean;
  /** The volunteer switched off, or the collector did not run: no loss at all. */
  void: boolean;
};

/** A loss that begins now. */
export function newLoss(probe: ProbeInfo, lastGood: EpochMs, bootBefore: string | null): Loss {
  return {
    probe,
    lastGood,
    missedBy: null,
    firstBad: null,
    lastBad: null,
    endedAt: null,
    bootBefore,
    sameBootAt: null,
    rebooted: false,
    updated: false,
    degrees: new Map(),
    gatewayUp: false,
    wellDuring: 0,
    churn: false,
    void: false,
  };
}

/** The moment by which losses are held to be of one burst. */
export function momentOf(loss: Loss): EpochMs {
  return Math.max(loss.lastGood, Math.min(loss.firstBad ?? loss.lastGood, loss.missedBy ?? loss.lastGood));
}

/** By this time the loss had begun. */
export function begunBy(loss: Loss): EpochMs {
  const bounds = [loss.missedBy, loss.firstBad].filter((bound) => bound !== null);
  return Math.max(loss.lastGood, Math.min(...bounds, bounds.length === 0 ? loss.lastGood : Number.POSITIVE_INFINITY));
}

/** The probe's own journal shows the loss. */
export function isConfirmed(loss: Loss): boolean {
  return (loss.degrees.size > 0 || loss.rebooted) && loss.wellDuring === 0;
}
