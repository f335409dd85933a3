import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { cellOf } from "./census.ts";
import { agreement, type Bounds } from "./consensus.ts";
import { begunBy, type Loss } from "./loss.ts";

/** Start and end as far as the records tell them; `end` null while it is not over. */
export type Edges = { start: Bounds; end: Bounds | null };

/**
 * When a loss of several probes began and ended. Each probe bounds both moments; where most agree on one, that is it
 * (consensus.ts). Where they do not, the loss was staggered: it began with the network that was lost first, and is
 * over when 70 % are back.
 */
export function edgesOf(losses: readonly Loss[], settings: Settings): Edges {
  const start = startOf(firstOfEach(losses), settings);
  return { start, end: endOf(lastOfEach(losses), start, settings) };
}

/**
 * Losses without strays: a single probe of a network and region that was lost at another moment than the one on which
 * most agree happened to be lost within the same minutes. Where no moment is agreed on, all stay.
 */
export function withoutStrays(losses: readonly Loss[], settings: Settings): Loss[] {
  const first = firstOfEach(losses);
  const common = commonMoment(first.map(begun), settings);
  if (common === null) return [...losses];
  const alone = new Set([...cellsOf(first).values()].flatMap((part) => (part.length === 1 ? part : [])));
  const isStray = (loss: Loss) =>
    alone.has(loss) && (loss.lastGood > common[1] + settings.strayMs || begunBy(loss) < common[0] - settings.strayMs);
  const strays = new Set(first.filter(isStray).map(({ probe }) => probe.id));
  return losses.filter(({ probe }) => !strays.has(probe.id));
}

/** One loss a probe, its first. */
export function firstOfEach(losses: readonly Loss[]): Loss[] {
  return pickEach(losses, (one, known) => one.lastGood < known.lastGood);
}

function lastOfEach(losses: readonly Loss[]): Loss[] {
  return pickEach(losses, (one, known) => one.lastGood > known.lastGood);
}

function pickEach(losses: readonly Loss[], isBetter: (one: Loss, known: Loss) => boolean): Loss[] {
  const picked = new Map<string, Loss>();
  for (const loss of losses) {
    const known = picked.get(loss.probe.id);
    if (known === undefined || isBetter(loss, known)) picked.set(loss.probe.id, loss);
  }
  return [...picked.values()];
}

function startOf(losses: readonly Loss[], settings: Settings): Bounds {
  const common = commonMoment(losses.map(begun), settings);
  if (common !== null) return common;
  const parts = [...cellsOf(losses).values()];
  const told = parts.filter((part) => part.length > 1);
  const starts = (told.length > 0 ? told : parts).map((part) => {
    const first = part.reduce((best, loss) => (begunBy(loss) < begunBy(best) ? loss : best));
    return commonMoment(part.map(begun), settings) ?? padded(begun(first), settings);
  });
  return starts.reduce((best, one) => (one[1] < best[1] ? one : best));
}

function endOf(losses: readonly Loss[], start: Bounds, settings: Settings): Bounds | null {
  const back = losses.filter(({ endedAt }) => endedAt !== null);
  const needed = Math.ceil(settings.clearShare * losses.length);
  if (back.length < needed) return null;
  const ends = back.map((loss) => ended(loss, settings)).sort((a, b) => a[1] - b[1]);
  const common = commonMoment(ends, settings) ?? ends[needed - 1] ?? start;
  return [Math.max(common[0], start[0]), Math.max(common[1], start[1])];
}

/** The moment on which most agree; null where they do not. */
function commonMoment(intervals: readonly Bounds[], settings: Settings): Bounds | null {
  const { simultaneousShare, edgeShare, clockSlackMs } = settings;
  const agreed = agreement(intervals, edgeShare, clockSlackMs);
  return agreed !== null && agreed.support >= simultaneousShare * intervals.length ? agreed.bounds : null;
}

function begun(loss: Loss): Bounds {
  return [loss.lastGood, begunBy(loss)];
}

function ended({ lastBad, lastGood, endedAt, endedByPresence }: Loss, { reconnectMs }: Settings): Bounds {
  const by: EpochMs = endedAt ?? lastGood;
  const known = lastBad !== null && lastBad <= by ? lastBad : lastGood;
  return [Math.max(known, endedByPresence ? by - reconnectMs : lastGood), by];
}

function padded([from, to]: Bounds, { clockSlackMs }: Settings): Bounds {
  return [from - clockSlackMs, to + clockSlackMs];
}

/** Losses by network, region and medium: what is switched as one. */
export function cellsOf(losses: readonly Loss[]): Map<string, Loss[]> {
  const cells = new Map<string, Loss[]>();
  for (const loss of losses) {
    const key = `${cellOf(loss.probe)}|${loss.probe.access ?? "?"}`;
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [loss]);
    else known.push(loss);
  }
  return cells;
}
