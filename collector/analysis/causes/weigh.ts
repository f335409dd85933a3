import type { CAUSES, Cause, Ground, Told } from "../../../protocol/incident.ts";
import { type GroundSaid, groundText } from "../../wording/grounds/grounds.ts";

type Name = (typeof CAUSES)[number];

/** One kind of evidence: what it says, and the log-odds it adds to each cause; 0: it was looked at, and tells nothing. */
export type Row<Rival extends Name> = { says: GroundSaid; scores: Partial<Record<Rival, number>> };

/** Scores from which a cause is called supported, or contradicted. */
const SUPPORTED = 3;
const CONTRADICTED = -2;

/** Rivals by the sum of their log-odds, best first, each with what was held against it. Only the best can be supported. */
export function weigh<Rival extends Name>(rivals: readonly Rival[], rows: readonly Row<Rival>[]): Cause[] {
  const scored = rivals.map((cause) => scoreOf(cause, rows)).sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored.map((one) => ({ ...one, verdict: verdictOf(one.score, best) }));
}

/** The cause that leads all others by the margin (3: odds of 20 to 1); null where none does. */
export function leadingCause(causes: readonly Cause[], margin: number): Name | null {
  const [first, second] = causes;
  return first !== undefined && first.score > 0 && first.score - (second?.score ?? 0) >= margin ? first.cause : null;
}

/** The scores alone: what has no other score is no news, though a count in its words has grown. */
export function scoresOf(causes: readonly Cause[]): string {
  return causes.map(({ cause, score }) => `${cause} ${score}`).join();
}

function verdictOf(score: number, best: number): Cause["verdict"] {
  if (score >= SUPPORTED && score === best) return "supported";
  return score <= CONTRADICTED ? "contradicted" : "untestable";
}

function scoreOf<Rival extends Name>(cause: Rival, rows: readonly Row<Rival>[]): Omit<Cause, "verdict"> {
  const telling = rows.flatMap(({ says, scores }) =>
    scores[cause] === undefined ? [] : [{ says, score: scores[cause] }],
  );
  const score = telling.reduce((sum, one) => sum + one.score, 0);
  // Tenths, so that no sum tells one machine's arithmetic from another's.
  const evidence = telling.map(({ says, score: own }) => groundOf(says, own));
  const because = evidence.map((ground) => groundText("en", ground) ?? ground.code);
  return { cause, score: Math.round(score * 10) / 10, because, evidence };
}

function groundOf(says: GroundSaid, score: number): Ground {
  return typeof says === "string" ? { code: says, score } : { ...says, score };
}

/** Steps in which counts are told, so that one more look makes no other text. */
const STEPS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** A count that changes seldom: at least 20. */
export function about(count: number): Told {
  const step = STEPS.findLast((one) => one <= count) ?? 0;
  return step <= 5 && step === count ? step : { atLeast: step };
}
