import type { Incident } from "../../protocol/incident.ts";
import type { Statement } from "../../protocol/publication.ts";
import type { Hypothesis, Watched } from "../api/legal-types.ts";
import { GROUND_WORDS } from "../wording/grounds/grounds.ts";
import { PREDICTIONS } from "./predictions.ts";

/** What was measured at the time and place that a statement speaks of. */
export type Measured = {
  readonly incidents: readonly Incident[];
  readonly watched: Watched;
  /** Fewest probes that count as watching. */
  readonly enough: number;
};

type Judged = Pick<Hypothesis, "verdict" | "reason" | "grounds">;

/** The hypotheses that a statement makes, each judged by the records alone. Who said it does not count. */
export function hypothesesOf(
  statement: Pick<Statement, "claim" | "cause" | "denied">,
  measured: Measured,
): Hypothesis[] {
  const { cause, claim, denied } = statement;
  const made: Hypothesis[] = [];
  const add = (name: Hypothesis["claim"], judged: Judged) =>
    made.push({ claim: name, predictions: [...PREDICTIONS[name]], ...judged });
  if (cause !== null) add(cause, judgeCause(cause, measured));
  if (claim === "denies" && denied === "disruption") add("no disruption", judgeDenial(measured));
  if (claim === "denies" && denied === "order")
    add("no order", { verdict: "untestable", reason: "not measured", grounds: [] });
  return made;
}

function judgeCause(cause: NonNullable<Statement["cause"]>, measured: Measured): Judged {
  const { incidents } = measured;
  const grounds = incidents.flatMap((incident) =>
    incident.causes
      .filter((one) => one.cause === cause)
      .map(({ verdict, because, evidence }) => ({
        ...{ incident: incident.id, verdict, because: [...because] },
        ...(evidence !== undefined && { evidence: [...evidence] }),
      })),
  );
  const verdicts = new Set(grounds.map(({ verdict }) => verdict));
  if (grounds.length === 0)
    return { verdict: "untestable", reason: isWatched(measured) ? "no incident" : "not watched", grounds };
  if (verdicts.has("supported") && verdicts.has("contradicted"))
    return { verdict: "untestable", reason: "mixed", grounds };
  const [told] = (["supported", "contradicted"] as const).filter((verdict) => verdicts.has(verdict));
  return { verdict: told ?? "untestable", reason: "records", grounds };
}

/** That nothing was disturbed is contradicted by an incident that is more than observed. */
function judgeDenial(measured: Measured): Judged {
  const { incidents } = measured;
  const against = incidents.filter(({ confidence }) => confidence !== "observed");
  const grounds = against.map(({ id, confidence }) => {
    const code = confidence === "confirmed" ? "found-confirmed" : "found-probable";
    return {
      incident: id,
      verdict: "contradicted" as const,
      because: [GROUND_WORDS.en.plain[code]],
      evidence: [{ code }],
    };
  });
  if (grounds.length > 0) return { verdict: "contradicted", reason: "records", grounds };
  if (incidents.length > 0) return { verdict: "untestable", reason: "mixed", grounds };
  return isWatched(measured)
    ? { verdict: "supported", reason: "watched", grounds }
    : { verdict: "untestable", reason: "not watched", grounds };
}

function isWatched({ watched: { min }, enough }: Measured): boolean {
  return min !== null && min >= enough;
}
