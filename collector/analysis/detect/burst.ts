import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Settings } from "../settings.ts";
import { cellOf } from "./census.ts";
import { begunBy, type Loss } from "./loss.ts";
import { poissonBinomialTail } from "./statistics.ts";

/** One expected probe at the moment of a possible burst; its loss, if it was lost. */
export type Expected = { probe: ProbeInfo; loss: Loss | null; dropChance: number };
/** Probes lost together, and those expected where they stand. */
export type Burst = { lost: Loss[]; expected: Expected[] };
/** How sudden it was: within minutes, or a fall over an hour that is looked for in lower shares. */
export type Pace = "burst" | "fade";

/**
 * The burst in some groups of one moment: the probes lost in the groups whose loss churn cannot explain, without stray
 * ones from networks of a region that stayed up. Null when no group alarms. Burst test of docs/method.md.
 */
export function findBurst(groups: readonly (readonly Expected[])[], pace: Pace, settings: Settings): Burst | null {
  const alarmed = groups.filter((members) => isBurst(members, pace, settings));
  if (alarmed.length === 0) return null;
  const members = [...new Map(alarmed.flat().map((one) => [one.probe.id, one])).values()];
  const struck = struckCells(members, shareOf(pace, settings));
  const expected = members.filter(({ probe }) => struck.has(cellOf(probe)));
  const lost = expected.map(({ loss }) => loss).filter((loss) => loss !== null);
  return lost.length < 2 ? null : { lost, expected };
}

function isBurst(members: readonly Expected[], pace: Pace, settings: Settings): boolean {
  const lost = members.map(({ loss }) => loss).filter((loss) => loss !== null);
  const { burstLeast, fadeLeast, burstChance, fadeChance } = settings;
  const few = members.length <= burstLeast;
  if (pace === "fade" && lost.length < fadeLeast) return false;
  const needed = few ? members.length : Math.max(burstLeast, Math.ceil(shareOf(pace, settings) * members.length));
  if (members.length < 2 || lost.length < needed) return false;
  if (few && !coincide(lost, settings)) return false;
  const chances = members.map(({ dropChance }) => dropChance);
  return poissonBinomialTail(lost.length, chances) < (pace === "fade" ? fadeChance : burstChance);
}

/** Two or three probes are a burst only when one moment explains them all. */
function coincide(lost: readonly Loss[], { pairSlackMs }: Settings): boolean {
  return Math.max(...lost.map(({ lastGood }) => lastGood)) <= Math.min(...lost.map(begunBy)) + pairSlackMs;
}

function shareOf(pace: Pace, { burstShare, fadeShare }: Settings): number {
  return pace === "fade" ? fadeShare : burstShare;
}

/** Networks of a region of which at least the share that alarms is lost. */
function struckCells(members: readonly Expected[], share: number): Set<string> {
  const counts = new Map<string, { lost: number; all: number }>();
  for (const { probe, loss } of members) {
    const key = cellOf(probe);
    const count = counts.get(key) ?? { lost: 0, all: 0 };
    counts.set(key, { lost: count.lost + (loss === null ? 0 : 1), all: count.all + 1 });
  }
  return new Set([...counts].filter(([, { lost, all }]) => lost >= share * all).map(([key]) => key));
}
