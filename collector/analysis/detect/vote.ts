import { isBlocking, type Verdict, type VerdictCode } from "../../../protocol/verdict.ts";
import type { Body } from "../judge.ts";
import { PROOF_RULE_IDS } from "../rules/proof.ts";
import type { EpochMs } from "../types.ts";

/** One probe's word in one round of a cell. */
export type Vote = {
  probe: string;
  /** It was so from this moment (for an open vote: what had been asked by then was asked in the open) … */
  from: EpochMs;
  /** … and had been shown by this one. */
  at: EpochMs;
  blocked: boolean;
  code: VerdictCode;
  /** Proof inside the measurement. */
  proof: boolean;
  /** Proof that noise on the line cannot make. */
  certain: boolean;
};

/** A step that ends in a timeout shows within its first second what it shows. */
const STEP_MS = 1000;

/**
 * The vote that a verdict gives: blocked when it is at least contrasted, open when the site itself answered, and none
 * for what is weak, local, the site's own or undecided.
 */
export function voteOf(probe: string, measuredAt: EpochMs, body: Body, verdict: Verdict): Vote | null {
  const blocked = isBlocking(verdict.code) && verdict.strength !== "weak";
  const open = verdict.code === "ok" || verdict.code === "geo_block";
  if (!blocked && !open) return null;
  const shown = blocked ? shownAt(measuredAt, body, verdict) : { from: measuredAt - body.durationMs, at: measuredAt };
  return {
    probe,
    from: shown.from,
    at: shown.at,
    blocked,
    code: verdict.code,
    proof: blocked && verdict.strength === "self-evident",
    certain: blocked && PROOF_RULE_IDS.has(verdict.rule),
  };
}

/**
 * A measurement is written when it ends. What is blocked was so when the deciding step began, and that step shows it.
 * What is open was so when the measurement began, as its question to DNS is older than the page, and is shown by its end.
 */
function shownAt(measuredAt: EpochMs, body: Body, verdict: Verdict): { from: EpochMs; at: EpochMs } {
  const ids = new Set(verdict.reasons.find(({ of, steps }) => of === "probe" && steps.length > 0)?.steps ?? []);
  const steps = [...body.dns, ...body.tcp, ...body.tls, ...body.http].filter(({ id }) => ids.has(id));
  const step = steps.reduce((best, one) => (one.startMs < best.startMs ? one : best), steps[0] ?? NO_STEP);
  const begun = measuredAt - body.durationMs;
  const from = Math.min(begun + step.startMs, measuredAt);
  return { from, at: Math.min(begun + step.startMs + Math.min(step.durationMs, STEP_MS), measuredAt) };
}

const NO_STEP = { startMs: 0, durationMs: 0 };
