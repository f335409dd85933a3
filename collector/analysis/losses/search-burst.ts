import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EpochMs } from "../types.ts";
import { type Expected, findBurst, type Pace } from "./burst.ts";
import { groupsOf } from "./census.ts";
import { dropsPerDay, hourOf } from "./churn.ts";
import { isReal, type Loss, lostPower, momentOf } from "./loss.ts";
import { countTime, type ProbeState, setChurn, wasThere } from "./probe-book.ts";
import type { ShutdownState } from "./shutdown-state.ts";

const DAY_MS = 86_400_000;

/** Losses of one burst, who was expected where they stand, and who in their regions stayed. */
export type Found = { lost: Loss[]; expected: ProbeInfo[]; stayed: ProbeInfo[] };

/** How many controls were known around a moment, and how many of them were lost. */
export function controlsAround(state: ShutdownState, moment: EpochMs): { known: number; lost: number } {
  const { burstWindowMs } = state.knowledge.settings;
  let [known, lost] = [0, 0];
  for (const control of state.controls) {
    const near = control.losses.some((loss) => !loss.void && Math.abs(momentOf(loss) - moment) <= burstWindowMs);
    if (near) lost++;
    if (near || wasThere(control, moment)) known++;
  }
  return { known, lost };
}

/**
 * Looks for a burst around a loss: within minutes, or for a fade within the hour before it among those still lost.
 * Null when its groups' churn explains it. Groups that cannot alarm are left out by their counts alone.
 */
export function searchBurst(state: ShutdownState, trigger: Loss, pace: Pace): Found | null {
  const { census, knowledge } = state;
  const { settings } = knowledge;
  const moment = momentOf(trigger);
  const near = lossesNear(state, moment, pace);
  const byGroup = new Map<string, Loss[]>(groupsOf(trigger.probe).map((key) => [key, []]));
  for (const loss of near) for (const key of groupsOf(loss.probe)) byGroup.get(key)?.push(loss);
  const share = pace === "fade" ? settings.fadeShare : settings.burstShare;
  const possible = [...byGroup].filter(
    ([key, lost]) => lost.length >= 2 && lost.length >= share * (lost.length + census.wellIn(key)),
  );
  if (possible.length === 0) return null;
  const nearOf = new Map(near.map((loss) => [loss.probe.id, loss]));
  // Minutes before and after: chance has both.
  const windowMs = pace === "fade" ? settings.fadeWindowMs : 2 * settings.burstWindowMs;
  const fleet = near.length + census.wellIn("all");
  const expectedOf = (key: string) => expectedIn(state, key, { moment, nearOf, windowMs });
  const groups = possible.map(([key]) => expectedOf(key));
  const burst = findBurst(groups, pace, { settings, fleet });
  if (burst === null || !burst.lost.includes(trigger)) return null;
  // Those known, not those awake: a tenth of the fleet lies by day and night.
  if (burst.lost.length < quorum(state.probes.size - state.controls.size, settings)) return null;
  const regions = new Set(burst.lost.map(({ probe }) => probe.region));
  const stayed = [...regions]
    .flatMap((region) => (region === null ? [] : expectedOf(`region|${region}`)))
    .filter(({ loss }) => loss === null)
    .map(({ probe }) => probe);
  return { lost: burst.lost, expected: burst.expected.map(({ probe }) => probe), stayed };
}

/** A tenth of the probes may lie together: where that is two, two are too few. */
function quorum(fleet: number, { pairFleet, minProbes, burstLeast }: ShutdownState["knowledge"]["settings"]): number {
  return fleet >= pairFleet ? burstLeast : minProbes;
}

function lossesNear({ census, knowledge }: ShutdownState, moment: EpochMs, pace: Pace): Loss[] {
  const { burstWindowMs, fadeWindowMs } = knowledge.settings;
  if (pace === "burst") return census.lossesWithin(moment - burstWindowMs, moment + burstWindowMs).filter(isReal);
  // Hosts that go off one after another are people who switch off.
  return census
    .lossesWithin(moment - fadeWindowMs, moment)
    .filter((loss) => isReal(loss) && !lostPower(loss) && (loss.endedAt === null || loss.endedAt > moment));
}

type Around = { moment: EpochMs; nearOf: ReadonlyMap<string, Loss>; windowMs: number };

function expectedIn(state: ShutdownState, key: string, { moment, nearOf, windowMs }: Around): Expected[] {
  const found: Expected[] = [];
  for (const probe of state.census.members(key)) {
    if (!groupsOf(probe.info).includes(key)) continue;
    const loss = nearOf.get(probe.info.id) ?? null;
    if (loss === null && !wasThere(probe, moment)) continue;
    // A loss is no evidence of churn in its own test.
    const counted = loss !== null && loss.churnHour !== null;
    if (counted) setChurn(probe, state.fleet, loss, false);
    found.push({ probe: probe.info, loss, dropChance: dropChance(state, probe, moment, windowMs) });
    if (counted) setChurn(probe, state.fleet, loss, true);
  }
  return found;
}

/** Chance that a probe drops by itself within a window at this hour of the day. */
function dropChance(state: ShutdownState, probe: ProbeState, moment: EpochMs, windowMs: number): number {
  countTime(probe, state.fleet, moment);
  const rate = dropsPerDay(probe.churn, state.fleet, hourOf(moment), state.knowledge.settings);
  return 1 - Math.exp((-rate * windowMs) / DAY_MS);
}
