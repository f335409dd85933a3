import type { Cause } from "../../../protocol/incident.ts";
import type { Knowledge } from "../knowledge.ts";
import { journalRows } from "./cause-journal-rows.ts";
import { type LossEvidence, RIVALS, type Rival, type Row } from "./cause-row.ts";
import { extentRows, mediumRows, scopeRows, sentinelRows, timeRows } from "./cause-scope-rows.ts";

/** Scores from which a cause is called supported, or contradicted. */
const SUPPORTED = 3;
const CONTRADICTED = -2;

/**
 * Rival causes of a loss, best first, as sums of log-odds. Those of the cause table of docs/method.md are from the
 * detection notes; rows of ours are marked in their files. Only the best can be supported.
 */
export function weighCauses(evidence: LossEvidence, knowledge: Knowledge): Cause[] {
  const rows = [
    ...sentinelRows(evidence),
    ...scopeRows(evidence, knowledge),
    ...journalRows(evidence),
    ...extentRows(evidence),
    ...mediumRows(evidence),
    ...timeRows(evidence, knowledge),
  ];
  const scored = RIVALS.map((cause) => weigh(cause, rows)).sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored.map((one) => ({ ...one, verdict: verdictOf(one.score, best) }));
}

/** Whether an ordered cut leads all other causes. */
export function isOrderedLeading(causes: readonly Cause[]): boolean {
  const ordered = causes.find(({ cause }) => cause === "ordered cut")?.score ?? 0;
  return causes.every(({ cause, score }) => cause === "ordered cut" || score < ordered);
}

/** The cause that leads all others by the margin (3: odds of 20 to 1); null where none does. */
export function leadingCause(causes: readonly Cause[], margin: number): Cause["cause"] | null {
  const [first, second] = causes;
  return first !== undefined && first.score > 0 && first.score - (second?.score ?? 0) >= margin ? first.cause : null;
}

function verdictOf(score: number, best: number): Cause["verdict"] {
  if (score >= SUPPORTED && score === best) return "supported";
  return score <= CONTRADICTED ? "contradicted" : "untestable";
}

function weigh(cause: Rival, rows: readonly Row[]): Omit<Cause, "verdict"> {
  const telling = rows.filter(({ scores }) => (scores[cause] ?? 0) !== 0);
  const score = telling.reduce((sum, { scores }) => sum + (scores[cause] ?? 0), 0);
  return { cause, score, because: telling.map(({ says, scores }) => `${signed(scores[cause] ?? 0)}: ${says}`) };
}

function signed(score: number): string {
  return score > 0 ? `+${score}` : String(score);
}
