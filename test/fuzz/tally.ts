import pLimit from "p-limit";
import { type Random, seeded } from "./random.ts";

/** One case: its random numbers and number, to its outcome in a word (null is "none"). */
type Case = (random: Random, index: number) => Promise<string | null>;

/** Cases run and counted by kind and outcome. */
export type Tally = {
  /** Runs `cases` cases of a kind, a few at a time; rejects with the first that fails. */
  many: (kind: string, cases: number, one: Case, atOnce?: number) => Promise<void>;
  total: () => number;
  text: () => string;
};

/** Starts counting; every case's random numbers come from the seed, its kind and its number. */
export function startTally(seed: number, usuallyAtOnce: number): Tally {
  const counts = new Map<string, Map<string, number>>();
  const count = (kind: string, outcome: string) => {
    const outcomes = counts.get(kind) ?? new Map<string, number>();
    counts.set(kind, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
  };
  const total = () => [...counts.values()].reduce((sum, outcomes) => sum + casesOf(outcomes), 0);
  return {
    many: async (kind, cases, one, atOnce = usuallyAtOnce) => {
      const limit = pLimit(atOnce);
      const run = async (index: number) =>
        count(kind, (await one(seeded(seed + index * 7919 + kind.length), index)) ?? "none");
      await Promise.all(Array.from({ length: cases }, (_, index) => limit(run, index)));
    },
    total,
    text: () => {
      const lines = [...counts].map(([kind, outcomes]) => line(kind, casesOf(outcomes), commonest(outcomes)));
      return [`hostile peers, seed ${seed}:`, ...lines, line("in total", total(), "")].join("\n");
    },
  };
}

function casesOf(outcomes: ReadonlyMap<string, number>): number {
  return [...outcomes.values()].reduce((sum, cases) => sum + cases, 0);
}

function commonest(outcomes: ReadonlyMap<string, number>): string {
  const most = [...outcomes].sort((a, b) => b[1] - a[1]).slice(0, 6);
  return most.map(([name, cases]) => `${name} ${cases}`).join(", ");
}

function line(kind: string, cases: number, rest: string): string {
  return `  ${kind.padEnd(30)} ${String(cases).padStart(6)}  ${rest}`.trimEnd();
}
