import type { Outcome } from "./episodes.ts";
import type { KindTest, Overlap } from "./findings.ts";

/** A test in one plain sentence; it never says "because". */
export function saysOf(test: Omit<KindTest, "says">): string {
  const { eventDays, eventDaysWith, ordinaryDays, ordinaryDaysWith, incidentKind, eventKind } = test;
  const where = test.scope === "all" ? "in all places watched" : `in ${test.scope}`;
  const event = test.sanctioned === "unknown" ? eventKind : `${test.sanctioned} ${eventKind}`;
  const counts = `${incidentKind}s began beside ${eventDaysWith} of ${eventDays} days with ${withArticle(event)} and on ${ordinaryDaysWith} of ${ordinaryDays} other days ${where}`;
  switch (test.verdict) {
    case "too few events":
      return `${counts}: too few to judge${test.neededDays === null ? "" : `; it would take about ${test.neededDays} such days`}.`;
    case "associated":
      return `${counts}: more often than on days alike without one (p ${test.p}). That is an association, not a cause.`;
    case "not distinguishable":
      return `${counts}: not to be told from chance (p ${test.p}).`;
  }
}

/** One pair in one plain sentence. */
export function overlapSays(overlap: Omit<Overlap, "says">, outcome: Outcome): string {
  const { lagMinutes, ordinaryDays, ordinaryDaysWith, eventKind, place } = overlap;
  const base =
    ordinaryDays === 0
      ? "No ordinary days were watched there to compare with."
      : `${withArticle(outcome).replace("a", "A")} began on ${ordinaryDaysWith} of ${ordinaryDays} ordinary days watched there.`;
  return `Began ${lagText(lagMinutes)} the start of ${withArticle(eventKind)} (${place}). ${base}`;
}

function lagText({ earliest, latest }: Overlap["lagMinutes"]): string {
  if (earliest >= 0) return `${span(earliest, latest)} after`;
  if (latest <= 0) return `${span(-latest, -earliest)} before`;
  return `between ${-earliest} min before and ${latest} min after`;
}

function span(from: number, to: number): string {
  return from === to ? `${from} min` : `${from} to ${to} min`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
