import { createClock } from "../clock.ts";
import type { Rows } from "../journal/rows.ts";
import { rememberedLimits } from "../membership/membership.ts";
import { readBudgets, readQuiet } from "../run/settings.ts";
import { openBooks } from "../schedule/books.ts";
import { createBudget } from "../schedule/budget.ts";
import { msUntilQuiet } from "../schedule/quiet-hours.ts";

/** What the volunteer allows, and what of it is left. Megabytes; `monthLeftMb` is null without a limit for it. */
export type Allowance = {
  dayLeftMb: number;
  monthLeftMb: number | null;
  quiet: string | null;
  quietNow: boolean;
};

const MIB = 1024 * 1024;

/**
 * Reads the limits said at joining and what the journal knows to be used. Flags of a running probe are not known here.
 * `rows` is null where there is no journal yet.
 */
export function readAllowance(folder: string, rows: Pick<Rows, "note"> | null): Allowance {
  const limits = rememberedLimits(folder);
  const clock = createClock();
  const { budgetBytes, budgetMonthBytes } = readBudgets({}, {}, limits);
  const before = rows === null ? null : openBooks(rows, clock).budget;
  const budget = createBudget(budgetBytes, clock.monoMs, before, budgetMonthBytes);
  const left = budget.monthLeft();
  return {
    dayLeftMb: megabytes(budget.state().leftBytes),
    monthLeftMb: left === null ? null : megabytes(left),
    quiet: limits.quiet ?? null,
    quietNow: msUntilQuiet(readQuiet(limits.quiet), clock.wallMs()) === 0,
  };
}

function megabytes(bytes: number): number {
  return Math.max(0, Math.floor(bytes / MIB));
}
