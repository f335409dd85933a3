import type { EpochMs } from "../../collector/analysis/types.ts";
import type { Random } from "./random.ts";
import { type Act, isWithin, LINES, type Line, type ProbeSpec, type Scenario } from "./scenario.ts";

/** A stretch of a probe's life on which its line does not change. */
export type Stretch = { from: EpochMs; to: EpochMs; line: Line };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Almaty, Astana and most others left UTC+6 for UTC+5 on 1 March 2024; the west had it all along (detection.md, head). */
const ONE_ZONE = Date.parse("2024-02-29T18:00:00Z");
const WEST = ["KZ-15", "KZ-23", "KZ-27", "KZ-43", "KZ-47"];

/** A probe's life from the beginning of a scenario to its end: what the world, its home and its owner do to its line. */
export function timelineOf(probe: ProbeSpec, scenario: Scenario, random: Random): Stretch[] {
  const { from, to } = scenario;
  const joins = probe.joins ?? from;
  return overlay({ from, to, line: "international" }, [
    ...(joins > from ? [{ from, to: joins, line: "absent" as const }] : []),
    ...scenario.acts.flatMap((act) => strokeOf(act, probe, random)),
    ...nights(probe, scenario, random),
    ...ownDrops(probe, scenario, random),
  ]);
}

function strokeOf(act: Act, probe: ProbeSpec, random: Random): Stretch[] {
  if (act.act === "cut" && isWithin(probe, act.scope)) {
    const spread = (act.staggerS ?? 2) * 1000;
    // Seconds differ from switch to switch.
    return [{ from: act.from + random.between(0, spread), to: act.to + random.between(0, spread), line: act.line }];
  }
  if (act.act === "power" && isWithin(probe, act.scope)) {
    // Mobile ones and some others run on batteries.
    const battery = probe.info.access === "mobile" || random.chance(act.batteryShare ?? 0);
    if (battery) return [];
    return [{ from: act.from + random.between(0, 2000), to: act.to + random.between(0, 60_000), line: "off" }];
  }
  return [];
}

function nights({ night, info }: ProbeSpec, { from, to }: Scenario, random: Random): Stretch[] {
  if (night === null) return [];
  const first = Math.floor(from / DAY_MS) * DAY_MS - DAY_MS;
  const stretches: Stretch[] = [];
  for (let day = first; day < to; day += DAY_MS) {
    const ahead = day < ONE_ZONE && !WEST.includes(info.region ?? "") ? 6 : 5;
    const begin = day - ahead * HOUR_MS + (night.fromHour + random.normal(0, 0.7)) * HOUR_MS;
    const end = begin + (night.hours + random.normal(0, 0.7)) * HOUR_MS;
    stretches.push({ from: begin, to: end, line: night.clean ? "stopped" : "off" });
  }
  return stretches;
}

/** The line's own losses: minutes mostly, a log-normal tail of hours. */
function ownDrops({ dropsPerDay }: ProbeSpec, { from, to }: Scenario, random: Random): Stretch[] {
  if (dropsPerDay <= 0) return [];
  const stretches: Stretch[] = [];
  for (let at = from + random.exponential(DAY_MS / dropsPerDay); at < to; ) {
    const end = at + Math.exp(random.normal(Math.log(240_000), 1));
    stretches.push({ from: at, to: end, line: random.chance(0.15) ? "off" : "lan" });
    at = end + random.exponential(DAY_MS / dropsPerDay);
  }
  return stretches;
}

/** The worst of what lies over each moment. */
function overlay(whole: Stretch, strokes: readonly Stretch[]): Stretch[] {
  const within = strokes
    .map((stroke) => ({ ...stroke, from: Math.max(whole.from, stroke.from), to: Math.min(whole.to, stroke.to) }))
    .filter((stroke) => stroke.to > stroke.from)
    .sort((a, b) => a.from - b.from);
  const bounds = [...new Set([whole.from, whole.to, ...within.flatMap((stroke) => [stroke.from, stroke.to])])].sort(
    (a, b) => a - b,
  );
  const out: Stretch[] = [];
  let next = 0;
  let active: Stretch[] = [];
  for (const [index, from] of bounds.entries()) {
    const to = bounds[index + 1];
    if (to === undefined) break;
    for (let stroke = within[next]; stroke !== undefined && stroke.from <= from; stroke = within[++next])
      active.push(stroke);
    active = active.filter((stroke) => stroke.to > from);
    const line = active.reduce<Line>((worst, stroke) => worse(worst, stroke.line), whole.line);
    const last = out.at(-1);
    if (last?.line === line) last.to = to;
    else out.push({ from, to, line });
  }
  return out;
}

function worse(a: Line, b: Line): Line {
  return LINES.indexOf(a) > LINES.indexOf(b) ? a : b;
}
