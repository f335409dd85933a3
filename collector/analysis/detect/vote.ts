import type { WebBody } from "../../../protocol/records/web.ts";
import { isBlocking, type Verdict, type VerdictCode } from "../../../protocol/verdict.ts";
import { PROOF_RULE_IDS } from "../rules/proof.ts";
import type { EpochMs } from "../types.ts";

/** One probe's word in one round of a cell. */
export type Vote = {
  probe: string;
  /** When the deciding step showed it. */
  at: EpochMs;
  blocked: boolean;
  code: VerdictCode;
  /** Proof inside the measurement. */
  proof: boolean;
  /** Proof that noise on the line cannot make. */
  certain: boolean;
};

/** Half-way through a refused or reset step is within this of its start; a timeout says no more than its first second. */
const STEP_MS = 1000;

/**
 * The vote that a verdict gives: blocked when it is at least contrasted, open when the site itself answered, and none
 * for what is weak, local, the site's own or undecided.
 */
export function voteOf(probe: string, measuredAt: EpochMs, body: WebBody, verdict: Verdict): Vote | null {
  const blocked = isBlocking(verdict.code) && verdict.strength !== "weak";
  const open = verdict.code === "ok" || verdict.code === "geo_block";
  if (!blocked && !open) return null;
  return {
    probe,
    at: evidenceAt(measuredAt, body, verdict, blocked),
    blocked,
    code: verdict.code,
    proof: blocked && verdict.strength === "self-evident",
    certain: blocked && PROOF_RULE_IDS.has(verdict.rule),
  };
}

/** A measurement is written when it ends; what it shows was so at the first step that its first reason names. */
function evidenceAt(measuredAt: EpochMs, body: WebBody, verdict: Verdict, blocked: boolean): EpochMs {
  const ids = new Set(verdict.reasons.find(({ of, steps }) => of === "probe" && steps.length > 0)?.steps ?? []);
  const steps = [...body.dns, ...body.tcp, ...body.tls, ...body.http].filter(({ id }) => ids.has(id));
  const first = steps.reduce((best, step) => (step.startMs < best.startMs ? step : best), steps[0] ?? NO_STEP);
  const at = measuredAt - body.durationMs + first.startMs + (blocked ? Math.min(first.durationMs, STEP_MS) : 0);
  return Math.min(at, measuredAt);
}

const NO_STEP = { startMs: 0, durationMs: 0 };
