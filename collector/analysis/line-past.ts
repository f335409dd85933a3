import type { Verdict } from "../../protocol/verdict.ts";
import { isBlocking } from "../../protocol/verdict.ts";
import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** How each probe's measurements fared, for verdicts that are made hours later. */
export type LinePast = {
  saw: (probe: string, target: string, at: EpochMs, verdict: Verdict) => void;
  /** Whether the probe's other targets were well within a round of a moment; false where too little is remembered. */
  wasWell: (probe: string, target: string, at: EpochMs, cadenceMs: number) => boolean;
};

type One = { at: EpochMs; target: string; failed: boolean };

/**
 * A bounded memory of each probe's own results. A verdict made late accuses by contrast only where the probe's other
 * targets were well at that time: the control checks of the moment are no longer at hand (docs/method.md, cell mask).
 */
export function createLinePast(settings: Settings): LinePast {
  const probes = new Map<string, One[]>();
  return {
    saw: (probe, target, at, verdict) => {
      const failed = failedCheck(verdict);
      if (failed === null) return;
      let past = probes.get(probe);
      if (past === undefined) {
        past = [];
        probes.set(probe, past);
      }
      past.push({ at, target, failed });
      // Half at a time, so that forgetting costs little.
      if (past.length > 2 * settings.linePastKept) past.splice(0, settings.linePastKept);
    },
    wasWell: (probe, target, at, cadenceMs) => {
      const others = (probes.get(probe) ?? []).filter(
        (one) => one.target !== target && Math.abs(one.at - at) <= cadenceMs,
      );
      const fails = others.filter(({ failed }) => failed).length;
      return others.length >= settings.maskTrials && (fails + 0.5) / (others.length + 1) <= settings.maskShare;
    },
  };
}

/** Whether a verdict is a failed check of the line; null when it tells nothing of it. */
function failedCheck({ code }: Verdict): boolean | null {
  if (code === "ok" || code === "geo_block") return false;
  return isBlocking(code) || code === "offline" || code === "inconclusive" ? true : null;
}
