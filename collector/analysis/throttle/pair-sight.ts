import { NO_WEATHER, type SiteWeather } from "../causes/site-weather.ts";
import { median } from "../detect/statistics.ts";
import type { SlowMember } from "../incidents/throttle-incident.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { PairLog, ProbeHour } from "./pair-log.ts";

/** Probes that must tell of their own speed before their spread says anything. */
const FEW_PROBES = 4;
/** Deviation of the logarithm of the lines' own speeds from which they differ, and the part of it that the target may keep. */
const LINES_DIFFER = 0.5;
const CAP_SPREAD = 0.5;

/** What is held of a pair before anything is seen. */
export const NOTHING_SEEN: SlowMember["seen"] = {
  controlled: false,
  steadyControl: null,
  capped: null,
  openElsewhere: 0,
  site: NO_WEATHER,
};

/** Where to look: the pair's own log, times it was slow before, control probes' log, those of the target on networks where it
 * is not slow, and what controls found of the site. */
export type PairScene = {
  target: string;
  log: PairLog;
  slow: readonly { from: EpochMs; to: EpochMs }[];
  abroad: PairLog | undefined;
  others: readonly PairLog[];
  member: Pick<SlowMember, "start" | "end">;
  weather: SiteWeather;
};

/** What a slow pair shows beside its ratio: of its control, of other lines and networks, of the site for others. */
export function observePair(
  { target, log, slow, abroad, others, member, weather }: PairScene,
  settings: Settings,
): SlowMember["seen"] {
  const from = member.start.by;
  const to = member.end?.after ?? log.latest();
  const rows = log.between(from, to);
  const past = log.between(from - settings.speedPastMs, from);
  const before = past.filter(({ at }) => !slow.some((time) => at >= time.from && at < time.to));
  return {
    controlled: (abroad?.between(from, to).length ?? 0) > 0,
    steadyControl: isControlSteady(before, rows, settings),
    capped: isCapped(rows),
    openElsewhere: others.filter((other) => other.latest() > from).length,
    site: weather.between(target, from, to),
  };
}

/**
 * Whether the target comes at about one speed on lines of different speed, as behind a limit of so many bytes a second (all
 * providers at 130 to 150 kbit/s: IMC 2021, doi 10.1145/3487552.3487858). Null where too few probes tell, or their lines
 * are too much alike.
 */
export function isCapped(rows: readonly ProbeHour[]): boolean | null {
  const byProbe = new Map<string, { target: number[]; control: number[] }>();
  for (const { probe, goodput, control } of rows) {
    if (goodput === null || control === null) continue;
    const own = byProbe.get(probe) ?? { target: [], control: [] };
    byProbe.set(probe, own);
    own.control.push(control);
    own.target.push(goodput + control);
  }
  if (byProbe.size < FEW_PROBES) return null;
  const own = [...byProbe.values()];
  const lines = deviation(own.map(({ control }) => median(control) ?? 0));
  const targets = deviation(own.map(({ target }) => median(target) ?? 0));
  return lines < LINES_DIFFER ? null : targets < CAP_SPREAD * lines;
}

/** Whether the control kept the speed it had before; null where no time before is known. */
function isControlSteady(
  before: readonly ProbeHour[],
  now: readonly ProbeHour[],
  { speedLeastPast, congestionRatio }: Pick<Settings, "speedLeastPast" | "congestionRatio">,
): boolean | null {
  const speeds = (rows: readonly ProbeHour[]) => rows.map(({ control }) => control).filter((value) => value !== null);
  const [past, present] = [speeds(before), speeds(now)];
  const [was, is] = [median(past), median(present)];
  if (past.length < speedLeastPast || was === null || is === null) return null;
  return is - was > Math.log(congestionRatio);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
