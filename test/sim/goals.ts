import type { Score } from "./score.ts";

/** One line of the table: what was measured, what is wanted, what others report. `met` null: too little to tell. */
export type Row = { name: string; value: string; goal: string; others: string; met: boolean | null };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The measures of issue and method beside the figures of the literature (detection.md 7.6, its sources there). */
export function rowsOf(score: Score, requested: Score): Row[] {
  return [
    ...lossRows(score),
    ...blockRows(score),
    ...requestedRows(requested),
    ...throttleRows(score),
    ...commonRows(score),
  ];
}

function lossRows({ families: { loss }, causes, overclaimed }: Score): Row[] {
  const { wrong, all } = confusion(causes);
  return [
    share("shutdowns: precision", loss.found, loss.found + loss.false + loss.doubles, 0.97, "Disco 0.95"),
    share("shutdowns: recall", loss.found, loss.truths, 0.95, "Chocolatine 0.90, full-block scan 0.86"),
    f1("shutdowns: F1", loss),
    time(
      "shutdowns: time to detect, median",
      loss.delays,
      0.5,
      2 * MINUTE_MS,
      "BGP 5 min, probing 10 min, Google 60 min",
    ),
    time("shutdowns: time to detect, p90", loss.delays, 0.9, 8 * MINUTE_MS, ""),
    time("shutdowns: start error, median", loss.startErrors, 0.5, 15_000, "Trinocular 5.5 min"),
    time("shutdowns: end error, median", loss.endErrors, 0.5, MINUTE_MS, ""),
    below("power taken for ordered or reverse", wrong, all, 0.03, "about 0.1 (residential power)"),
    {
      name: "disputed cuts with a leading cause",
      value: String(overclaimed),
      goal: "0",
      others: "",
      met: overclaimed === 0,
    },
  ];
}

function blockRows({ families: { block }, cellYears, quietFalse, quietConfirmed, toldOfNothing }: Score): Row[] {
  const rate = cellYears === 0 ? 0 : quietFalse / cellYears;
  const bound = cellYears === 0 ? "-" : (upperBound(quietFalse) / cellYears).toFixed(3);
  return [
    share("blocks: precision", block.found, block.found + block.false + block.doubles, 0.97, "Encore 0.95"),
    share("blocks: recall", block.found, block.truths, 0.97, ""),
    f1("blocks: F1", block),
    time(
      "blocks: time to detect, median",
      block.delays,
      0.5,
      45 * MINUTE_MS,
      "OONI hourly CUSUM 10 to 20 h; weekly scans days",
    ),
    time("blocks: time to detect, p90", block.delays, 0.9, null, ""),
    time("partial blocks (35 to 50 %), p90", block.partialDelays, 0.9, 3 * HOUR_MS, "OONI's median: not visible"),
    time("blocks: start error, median", block.startErrors, 0.5, null, ""),
    time("blocks: end error, median", block.endErrors, 0.5, null, ""),
    below(
      "blocks: alerts per true incident",
      block.found + block.doubles,
      block.found,
      1.1,
      "OONI: up to 1,800 changepoints",
    ),
    {
      name: "false alarms per quiet cell-year",
      value: `${rate.toFixed(3)} (${quietFalse} in ${cellYears.toFixed(1)}, at 95 % below ${bound})`,
      goal: "<= 0.02",
      others: "plain Bernoulli CUSUM 0.3 to 9.4",
      met: cellYears === 0 ? null : rate <= 0.02,
    },
    {
      name: "incidents told of lies, sites, gaps",
      value: String(toldOfNothing),
      goal: "0",
      others: "",
      met: toldOfNothing === 0,
    },
    {
      name: "confirmed on quiet archives",
      value: String(quietConfirmed),
      goal: "0",
      others: "",
      met: quietConfirmed === 0,
    },
  ];
}

function requestedRows({ families: { block } }: Score): Row[] {
  return [time("blocks with requested rounds, median", block.delays, 0.5, 15 * MINUTE_MS, "")];
}

function throttleRows({ families: { throttle } }: Score): Row[] {
  return [
    share(
      "throttles: precision",
      throttle.found,
      throttle.found + throttle.false + throttle.doubles,
      0.95,
      "WeHe: a test at a time",
    ),
    share("throttles: recall", throttle.found, throttle.truths, 0.95, ""),
    time("throttles: time to detect, p90", throttle.delays, 0.9, 24 * HOUR_MS, "OONI by hand: days to months"),
  ];
}

function commonRows({ families }: Score): Row[] {
  const all = Object.values(families);
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  return [
    share(
      "intervals that hold the truth",
      sum(({ covered }) => covered),
      sum(({ intervals }) => intervals),
      0.95,
      "",
    ),
    ...(["loss", "block", "throttle"] as const).map((family) => ({
      ...share(`... of ${family}`, families[family].covered, families[family].intervals, 0.95, ""),
      met: null,
    })),
  ];
}

/** Value below which a share of the sorted values lies; null for none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? null;
}

function share(name: string, part: number, whole: number, goal: number, others: string): Row {
  const value = whole === 0 ? "-" : `${(part / whole).toFixed(3)} (${part}/${whole})`;
  return { name, value, goal: `>= ${goal}`, others, met: whole === 0 ? null : part / whole >= goal };
}

function below(name: string, part: number, whole: number, goal: number, others: string): Row {
  const value = whole === 0 ? "-" : `${(part / whole).toFixed(3)} (${part}/${whole})`;
  return { name, value, goal: `<= ${goal}`, others, met: whole === 0 ? null : part / whole <= goal };
}

function f1(name: string, { found, truths, false: extra, doubles }: Score["families"]["loss"]): Row {
  const value = truths === 0 ? "-" : ((2 * found) / (found + extra + doubles + truths)).toFixed(3);
  return { name, value, goal: "", others: "", met: null };
}

function time(name: string, values: readonly number[], part: number, goalMs: number | null, others: string): Row {
  const value = quantile(values, part);
  const met = value === null || goalMs === null ? null : value <= goalMs;
  return {
    name,
    value: value === null ? "-" : `${span(value)} (n ${values.length})`,
    goal: goalMs === null ? "" : `<= ${span(goalMs)}`,
    others,
    met,
  };
}

function span(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 3 * HOUR_MS ? `${(ms / MINUTE_MS).toFixed(1)} min` : `${(ms / HOUR_MS).toFixed(1)} h`;
}

/** Power cuts laid to order and ordered cuts laid to power, of all true ones of both kinds. */
function confusion(causes: Score["causes"]): { wrong: number; all: number } {
  const told = (cause: string, as: string) => causes.get(`${cause} (loss)`)?.get(as) ?? 0;
  const total = (cause: string) =>
    [...(causes.get(`${cause} (loss)`)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  return {
    wrong: told("power cut", "ordered cut") + told("ordered cut", "power cut"),
    all: total("power cut") + total("ordered cut"),
  };
}

/** Upper 95 % bound of a Poisson mean of which so many were seen (Garwood; Wilson and Hilferty's approximation). */
export function upperBound(seen: number): number {
  const degrees = seen + 1;
  return degrees * (1 - 1 / (9 * degrees) + 1.6449 / (3 * Math.sqrt(degrees))) ** 3;
}
