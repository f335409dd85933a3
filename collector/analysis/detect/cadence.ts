import { type Cell, cellKey } from "../incidents/cluster.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { median } from "./statistics.ts";

/** How often a target is measured, learned from the records themselves. */
export type Cadence = {
  /** Name of a cell, made once for each. */
  keyOf: (cell: Cell) => string;
  /** A probe measured a target of this cell at a true time. */
  saw: (cell: string, probe: string, at: EpochMs) => void;
  /** Milliseconds from one round to the next in a cell; of all cells where it is not known yet. */
  of: (cell: string) => number;
};

/** `soon`: how many of its measurements in a row came sooner than the cadence. */
type Own = { last: EpochMs; interval: number | null; soon: number };
type OfCell = { probes: Map<string, Own>; cadenceMs: number | null; sinceLook: number };

/** So many measurements of a cell may pass before its cadence is worked out anew. */
const LOOK_EVERY = 16;

/**
 * Median over probes of the pause between each one's last two measurements: one probe, one voice, so that one which
 * measures far more often than the others does not make the round.
 */
export function createCadence(settings: Settings): Cadence {
  const cells = new Map<string, OfCell>();
  const keys = new Map<number | null, Map<string | null, Map<string, string>>>();
  const everywhere: number[] = [];
  let usual: number | null = null;
  const look = (cell: OfCell) => {
    const known = [...cell.probes.values()].map(({ interval }) => interval).filter((value) => value !== null);
    cell.cadenceMs = median(known);
    cell.sinceLook = 0;
    if (cell.cadenceMs === null) return;
    everywhere.push(cell.cadenceMs);
    if (everywhere.length > settings.cadenceMemory) everywhere.shift();
    usual = median(everywhere);
  };
  return {
    keyOf: (cell) => {
      const { target, asn, region } = cell;
      const ofNetwork = getOrMake(keys, asn, () => new Map<string | null, Map<string, string>>());
      const ofArea = getOrMake(ofNetwork, region, () => new Map<string, string>());
      return getOrMake(ofArea, target, () => cellKey(cell));
    },
    saw: (key, probe, at) => {
      let cell = cells.get(key);
      if (cell === undefined) {
        cell = { probes: new Map(), cadenceMs: null, sinceLook: 0 };
        cells.set(key, cell);
      }
      const own = cell.probes.get(probe);
      if (own === undefined) {
        cell.probes.set(probe, { last: at, interval: null, soon: 0 });
        return;
      }
      const interval = at - own.last;
      own.last = Math.max(own.last, at);
      if (interval < settings.minCadenceMs || interval > settings.maxCadenceMs) return;
      // Looks that the collector asked for are no new cadence; what goes on so is.
      own.soon = interval < (cell.cadenceMs ?? 0) / 2 ? own.soon + 1 : 0;
      if (own.soon > 0 && own.soon < settings.cadenceSoon) return;
      own.interval = interval;
      if (cell.cadenceMs === null || ++cell.sinceLook >= LOOK_EVERY) look(cell);
    },
    of: (key) => cells.get(key)?.cadenceMs ?? usual ?? settings.defaultCadenceMs,
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
