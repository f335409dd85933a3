import type { Scenario } from "./scenario.ts";
import { NATIONAL_CUT, ONE_BLOCK, QUIET_WEEK } from "./scenarios/basic.ts";
import { BLOCKS, NEGATIVES } from "./scenarios/blocks.ts";
import { CUTS } from "./scenarios/cuts.ts";
import { JANUARY_2022, NUR_SULTAN_2022 } from "./scenarios/january-2022.ts";
import { LIARS } from "./scenarios/liars.ts";
import { blockMix, cutMix, partialMix, quietWeeks, throttleMix } from "./scenarios/mixes.ts";
import { RIVALS } from "./scenarios/rivals.ts";
import { STORIES } from "./scenarios/stories.ts";
import { THROTTLES } from "./scenarios/throttles.ts";

/** Scenarios that are run together. Those of `requested` are scored apart. */
export type Suite = { scenarios: readonly Scenario[]; requested: readonly Scenario[] };

/** Cases with a name, most of them from the country's own record (detection.md 5). */
const NAMED: readonly Scenario[] = [
  JANUARY_2022,
  NUR_SULTAN_2022,
  NATIONAL_CUT,
  ONE_BLOCK,
  QUIET_WEEK,
  ...CUTS,
  ...BLOCKS,
  ...NEGATIVES,
  ...RIVALS,
  ...LIARS,
  ...STORIES,
  ...THROTTLES,
];

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
const CI: Size = { blocks: 34, partial: 5, cuts: 40, throttles: 11, requested: 6, quiet: 2, quietDays: 8 };
const QUICK: Size = { blocks: 5, partial: 1, cuts: 6, throttles: 1, requested: 1, quiet: 1, quietDays: 2 };

/** The suite of continuous integration, or the quick one; `seed` moves all that is random. */
export function suiteOf(quick: boolean, seed: number, targets: readonly string[]): Suite {
  const size = quick ? QUICK : CI;
  const many = <T>(count: number, make: (seed: number) => T) =>
    Array.from({ length: count }, (_, index) => make(seed * 1000 + index));
  return {
    scenarios: [
      ...(quick ? CUTS.slice(0, 2) : NAMED),
      ...many(size.blocks, (one) => blockMix(one)),
      ...many(size.partial, partialMix),
      ...many(size.cuts, cutMix),
      ...many(size.throttles, throttleMix),
      ...many(size.quiet, (one) => quietWeeks(one, size.quietDays, targets.slice(0, 30))),
    ],
    requested: many(size.requested, (one) => blockMix(one, true)),
  };
}
