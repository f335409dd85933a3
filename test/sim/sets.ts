import type { Scenario } from "./scenario.ts";
import { NATIONAL_CUT, ONE_BLOCK, QUIET_WEEK } from "./scenarios/basic.ts";
import { blockMix, cutMix, partialMix, quietWeeks, throttleMix } from "./scenarios/mixes.ts";

/** Scenarios that are run together. Those of `requested` are scored apart. */
export type Suite = { scenarios: readonly Scenario[]; requested: readonly Scenario[] };

/** How much of each mix. Blocks come by three, cuts by four, throttles by three. */
type Size = {
  blocks: number;
  partial: number;
  cuts: number;
  throttles: number;
  requested: number;
  quiet: number;
  quietDays: number;
};
const CI: Size = { blocks: 34, partial: 5, cuts: 40, throttles: 11, requested: 6, quiet: 3, quietDays: 20 };
const QUICK: Size = { blocks: 4, partial: 1, cuts: 4, throttles: 1, requested: 1, quiet: 1, quietDays: 5 };

/** The suite of continuous integration, or the quick one; `seed` moves all that is random. */
export function suiteOf(quick: boolean, seed: number, targets: readonly string[]): Suite {
  const size = quick ? QUICK : CI;
  const many = <T>(count: number, make: (seed: number) => T) =>
    Array.from({ length: count }, (_, index) => make(seed * 1000 + index));
  return {
    scenarios: [
      NATIONAL_CUT,
      ONE_BLOCK,
      QUIET_WEEK,
      ...many(size.blocks, (one) => blockMix(one)),
      ...many(size.partial, partialMix),
      ...many(size.cuts, cutMix),
      ...many(size.throttles, throttleMix),
      ...many(size.quiet, (one) => quietWeeks(one, size.quietDays, targets.slice(0, 30))),
    ],
    requested: many(size.requested, (one) => blockMix(one, true)),
  };
}
