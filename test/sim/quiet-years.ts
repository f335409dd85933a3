import { createAnalysis } from "../../collector/analysis/analysis.ts";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { liveThrough, opened, type Truth } from "../collector/analysis/detect/chance.ts";
import { generate } from "./generate.ts";
import { upperBound } from "./goals.ts";
import type { Scenario } from "./scenario.ts";
import { CITIES, DAY, HOUR, SITES, utc } from "./scenarios/places.ts";

/** Rounds of a year, at 15 minutes. */
const YEAR = 35_064;
const QUARTER = YEAR / 4;
const PROBES = [2, 3, 5, 8];
/** Failures that persist, and checks that share nine tenths or half of them (detection.md 7.2). */
const NOISE: readonly { name: string; truth: Partial<Truth> }[] = [0.9, 0.5].flatMap((gamma) =>
  [false, true].map((asked) => ({
    name: `checks share ${gamma} of the bad rounds${asked ? ", looks are asked for" : ""}`,
    truth: { rho: 0.35, carry: 0.7, controls: { gamma, each: 5 }, use: "mask and raise", asked },
  })),
);

/** False alarms of so many years of cells that nothing blocks, by kind of noise: votes made at the level of the cell and
 * heard by the real one. Five other targets serve as checks, as in the scenarios. */
export function quietYears(years: number, seed: number, told: (line: string) => void): void {
  const total = { alarms: 0, years: 0 };
  for (const { name, truth } of NOISE) {
    const tally = { alarms: 0, years: 0 };
    for (let quarter = 0; quarter < years * (4 / NOISE.length); quarter++) {
      const probes = PROBES[quarter % PROBES.length] ?? 3;
      const outcomes = liveThrough({ probes, rounds: QUARTER, seed: seed * 1_000_003 + quarter, ...truth });
      tally.alarms += opened(outcomes);
      tally.years += QUARTER / YEAR;
    }
    told(line(name, tally));
    total.alarms += tally.alarms;
    total.years += tally.years;
  }
  told(line("all", total));
}

function line(name: string, { alarms, years }: { alarms: number; years: number }): string {
  const rate = (alarms / years).toFixed(4);
  const bound = (upperBound(alarms) / years).toFixed(4);
  return `${name}: ${alarms} false alarms in ${years.toFixed(1)} cell-years, ${rate} a cell-year (at 95 % below ${bound})`;
}

/** Days after which the quiet fleet is told of. */
const TOLD_DAYS = 30;

/** So many days of a whole fleet to which nothing happens but its own bad rounds and switch-offs, looked at once an hour;
 * what has been told so far is said every thirty days. */
export function quietFleet(days: number, seed: number, told: (line: string) => void): void {
  const from = utc("2023-01-01");
  const scenario: Scenario = {
    ...{ name: "quiet-fleet", about: "Nothing happens.", from, to: from + days * DAY, acts: [], truths: [] },
    ...{ areas: CITIES, targets: SITES, roundMs: HOUR },
  };
  const { knowledge } = loadCatalogue();
  const analysis = createAnalysis(knowledge);
  const cells = CITIES.length * SITES.length;
  let [next, items] = [from + TOLD_DAYS * DAY, 0];
  const tell = (at: number) => {
    const incidents = analysis.incidents();
    const confirmed = incidents.filter(({ confidence }) => confidence === "confirmed").length;
    const kinds = incidents.map(({ kind, confidence }) => `${confidence} ${kind}`).join(", ");
    const passed = (at - from) / DAY;
    const cellYears = ((passed * cells) / 365).toFixed(1);
    told(`${passed} days, ${items} items, ${cellYears} cell-years: ${confirmed} confirmed; all: ${kinds || "none"}`);
  };
  for (const item of generate(scenario, knowledge.targets, seed)) {
    if (item.at >= next) {
      tell(next);
      next += TOLD_DAYS * DAY;
    }
    analysis.apply(item);
    if (++items % 1000 === 0) analysis.takeVerdicts();
  }
  analysis.apply({ type: "tick", at: scenario.to });
  tell(scenario.to);
}
