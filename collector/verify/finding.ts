/** What is checked, in the order of telling. */
export const CHECKS = [
  "form",
  "files",
  "tagFiles",
  "signature",
  "key",
  "facts",
  "layout",
  "derived",
  "head",
  "keptHead",
  "history",
  "witnesses",
  "stamp",
  "calendar",
  "inclusion",
  "entries",
  "places",
  "counts",
  "replay",
  "verdicts",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** One answer. `about` names files, lines, records or numbers; it is not words of a language. */
export type Finding = {
  readonly check: CheckName;
  readonly state: "holds" | "fails" | "unjudged";
  readonly about: readonly string[];
};

const SHOWN = 20;

/** A check that holds unless something is wrong with it. */
export function holdsUnless(check: CheckName, wrong: readonly string[], about: readonly string[] = []): Finding {
  if (wrong.length === 0) return { check, state: "holds", about };
  const more = wrong.length > SHOWN ? [`… ${wrong.length}`] : [];
  return { check, state: "fails", about: [...wrong.slice(0, SHOWN), ...more] };
}

export function unjudged(check: CheckName, ...about: string[]): Finding {
  return { check, state: "unjudged", about };
}

/** Whether nothing is wrong: what cannot be judged is no fault. */
export function isSound(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "fails");
}
