import type { ProbeInfo } from "../../../protocol/archive.ts";
import { poissonBinomialTail } from "../detect/statistics.ts";
import type { Settings } from "../settings.ts";
import { cellOf } from "./census.ts";
import { agreement } from "./consensus.ts";
import { begunBy, type Loss } from "./loss.ts";

/** One expected probe at the moment of a possible burst; its loss, if it was lost. */
export type Expected = { probe: ProbeInfo; loss: Loss | null; dropChance: number };
/** Probes lost together, and those expected where they stand. */
export type Burst = { lost: Loss[]; expected: Expected[] };
/** The numbers, and how many witnesses are expected in all. */
type Testing = { settings: Settings; fleet: number };
/** How sudden it was: within minutes, or a fall over an hour that is looked for in lower shares. */
export type Pace = "burst" | "fade";

/**
 * The burst in some groups of one moment: the probes lost in the groups whose loss churn cannot explain, without stray
 * ones from networks of a region that stayed up. Null when no group alarms. Burst test of docs/method.md.
 */
export function findBurst(groups: readonly (readonly Expected[])[], pace: Pace, testing: Testing): Burst | null {
  const { settings } = testing;
  const alarmed = groups.filter((members) => isBurst(members, pace, testing));
  if (alarmed.length === 0) return null;
  const members = [...new Map(alarmed.flat().map((one) => [one.probe.id, one])).values()];
  const struck = struckCells(members, shareOf(pace, settings));
  const expected = members.filter(({ probe }) => struck.has(cellOf(probe)));
  const lost = expected.map(({ loss }) => loss).filter((loss) => loss !== null);
  return lost.length < 2 ? null : { lost, expected };
}

function isBurst(members: readonly Expected[], pace: Pace, { settings, fleet }: Testing): boolean {
  const lost = members.map(({ loss }) => loss).filter((loss) => loss !== null);
  const { burstLeast, fadeLeast, burstFew, fewWindowPart } = settings;
  const needed =
    members.length <= burstLeast
      ? members.length
      : Math.max(burstLeast, Math.ceil(shareOf(pace, settings) * members.length));
  if (members.length < 2 || lost.length < needed) return false;
  if (pace === "fade") return lost.length >= fadeLeast && chanceOf(members, lost.length) < settings.fadeChance;
  // Few are a burst only when one moment explains most of them; the window that chance has is then shorter.
  const few = lost.length <= burstFew;
  if (few && !coincide(lost, settings)) return false;
  const chance = chanceOf(members, lost.length, few ? fewWindowPart : 1);
  // The larger the fleet, the more groups are tried at every moment.
  return chance < settings.burstChance * Math.min(1, settings.burstFleet / fleet);
}

function chanceOf(members: readonly Expected[], lost: number, part = 1): number {
  return poissonBinomialTail(
    lost,
    members.map(({ dropChance }) => dropChance * part),
  );
}

function coincide(lost: readonly Loss[], { pairSlackMs, edgeShare }: Settings): boolean {
  const agreed = agreement(
    lost.map((loss) => [loss.lastGood, begunBy(loss)]),
    1,
    pairSlackMs / 2,
  );
  return agreed !== null && agreed.support >= Math.ceil(edgeShare * lost.length);
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
