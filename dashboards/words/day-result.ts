import type { TargetDay, VerdictCode } from "../../collector/api/types.ts";
import { gravity, isInterference } from "./finding.ts";

export type DayResult = {
  worst: { code: VerdictCode; count: number } | undefined;
  all: number;
  bad: number;
  share: number;
};

/**
 * What a day amounts to: the most frequent judgement of interference (of two as frequent the graver), else the most
 * frequent one; how often it came, how many there were, and the share of interference.
 */
export function dayResult({ codes }: Pick<TargetDay, "codes">): DayResult {
  const entries = Object.entries(codes).flatMap(([code, count]) => {
    // The cast is sound: the keys of `codes` are verdict codes.
    return count === undefined ? [] : [{ code: code as VerdictCode, count }];
  });
  const grave = entries
    .filter(({ code }) => isInterference(code))
    .sort((a, b) => b.count - a.count || gravity(a.code) - gravity(b.code));
  const worst = grave[0] ?? entries.sort((a, b) => b.count - a.count)[0];
  const all = entries.reduce((total, { count }) => total + count, 0);
  const bad = grave.reduce((total, { count }) => total + count, 0);
  return { worst, all, bad, share: all === 0 ? 0 : bad / all };
}

/** Judgements of several days together. */
export function sumOfDays(days: readonly TargetDay[]): Pick<TargetDay, "codes"> & { few: boolean } {
  const codes: TargetDay["codes"] = {};
  for (const day of days)
    for (const [code, count] of Object.entries(day.codes)) {
      // The cast is sound: the keys of `codes` are verdict codes.
      const key = code as VerdictCode;
      codes[key] = (codes[key] ?? 0) + count;
    }
  return { codes, few: days.some(({ few }) => few === true) };
}
