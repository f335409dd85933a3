import { isBlocking, type Verdict, type VerdictCode } from "../../../protocol/verdict.ts";
import type { Knowledge } from "../knowledge.ts";
import { PROOF_RULE_IDS, pageIdOf } from "../rules/proof.ts";
import type { Body, EpochMs } from "../types.ts";

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
  /** Whose page or certificate came in place of the site's: on record in the watched country, or in another. */
  authority?: "own" | "foreign";
  /** Hops after which a false answer of DNS came, where that was looked for. */
  hops?: number;
};

/** A step that ends in a timeout shows within its first second what it shows. */
const STEP_MS = 1000;

/**
 * The vote that a verdict gives: blocked when it is at least contrasted, open when the site itself answered, and none
 * for what is weak, local, the site's own or undecided.
 */
export function voteOf(
  probe: string,
  measuredAt: EpochMs,
  body: Body,
  verdict: Verdict,
  knowledge: Pick<Knowledge, "country" | "blockPages">,
): Vote | null {
  const blocked = isBlocking(verdict.code) && verdict.strength !== "weak";
  const open = isOpenCode(verdict.code);
  if (!blocked && !open) return null;
  const { code } = verdict;
  if (open)
    return { probe, from: measuredAt - body.durationMs, at: measuredAt, blocked, code, proof: false, certain: false };
  const { from, at } = shownAt(measuredAt, body, verdict);
  const proof = verdict.strength === "self-evident";
  const certain = PROOF_RULE_IDS.has(verdict.rule);
  const authority = authorityOf(verdict, knowledge);
  const hops = hopsOf(body);
  return { probe, from, at, blocked, code, proof, certain, ...(authority && { authority }), ...(hops && { hops }) };
}

/** Whether a verdict says that the site itself answered. */
export function isOpenCode(code: VerdictCode): boolean {
  return code === "ok" || code === "geo_block";
}

function authorityOf(
  verdict: Verdict,
  { country, blockPages }: Pick<Knowledge, "country" | "blockPages">,
): Vote["authority"] {
  if (verdict.rule === "known-interception-root") return "own";
  const page = blockPages.find(({ id }) => id === pageIdOf(verdict));
  return page === undefined ? undefined : page.country === country ? "own" : "foreign";
}

/** The least time to live with which a question brought an answer; undefined where that was not tried, or in vain. */
function hopsOf({ dns }: Body): number | undefined {
  const answered = dns.flatMap(({ ttl, answers }) => (ttl === undefined || answers.length === 0 ? [] : [ttl]));
  return answered.length === 0 ? undefined : Math.min(...answered);
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
