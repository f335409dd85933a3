import type { Verdict } from "../../protocol/verdict.ts";
import { isBlocking } from "../../protocol/verdict.ts";
import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** One probe's latest results in a ring: when, and of which target (by number) with what outcome. */
export type OwnPast = { readonly at: Float64Array; readonly what: Int32Array; count: number };

/** How each probe's measurements fared, for verdicts that are made hours later. */
export type LinePast = {
  of: (probe: string) => OwnPast;
  saw: (past: OwnPast, target: string, at: EpochMs, verdict: Verdict) => void;
  /** Whether the probe's other targets were well within a round of a moment; false where too little is remembered. */
  wasWell: (past: OwnPast, target: string, at: EpochMs, cadenceMs: number) => boolean;
};

/**
 * A bounded memory of each probe's own results. A verdict made late accuses by contrast only where the probe's other
 * targets were well at that time: the control checks of the moment are no longer at hand (docs/method.md, cell mask).
 */
export function createLinePast(settings: Settings): LinePast {
  const { linePastKept, maskTrials, maskShare } = settings;
  const probes = new Map<string, OwnPast>();
  const numbers = new Map<string, number>();
  const numberOf = (target: string): number => {
    const known = numbers.get(target) ?? numbers.size;
    numbers.set(target, known);
    return known;
  };
  return {
    of: (probe) => {
      const known = probes.get(probe) ?? {
        at: new Float64Array(linePastKept),
        what: new Int32Array(linePastKept),
        count: 0,
      };
      probes.set(probe, known);
      return known;
    },
    saw: (past, target, at, verdict) => {
      const failed = failedCheck(verdict);
      if (failed === null) return;
      const place = past.count++ % linePastKept;
      past.at[place] = at;
      past.what[place] = 2 * numberOf(target) + (failed ? 1 : 0);
    },
    wasWell: (past, target, at, cadenceMs) => {
      const own = numberOf(target);
      let [fails, trials] = [0, 0];
      for (let place = Math.min(past.count, linePastKept) - 1; place >= 0; place--) {
        const what = past.what[place] ?? 0;
        if (what >> 1 === own || Math.abs((past.at[place] ?? 0) - at) > cadenceMs) continue;
        trials++;
        fails += what & 1;
      }
      return trials >= maskTrials && (fails + 0.5) / (trials + 1) <= maskShare;
    },
  };
}

/** Whether a verdict is a failed check of the line; null when it tells nothing of it. */
export function failedCheck({ code }: Verdict): boolean | null {
  if (code === "ok" || code === "geo_block") return false;
  return isBlocking(code) || code === "offline" || code === "inconclusive" ? true : null;
}
