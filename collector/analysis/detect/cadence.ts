import { type Cell, cellKey } from "../incidents/cluster.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { median } from "./statistics.ts";

/** What is learned of one probe in a cell; `soon`: how many of its measurements in a row came sooner than the cadence. */
export type CadenceOwn = { last: EpochMs; interval: number | null; soon: number };
/** What is learned of a cell. */
export type CadenceCell = {
  readonly cell: Cell;
  readonly probes: Map<string, CadenceOwn>;
  cadenceMs: number | null;
  sinceLook: number;
};

/** How often a target is measured, learned from the records themselves. */
export type Cadence = {
  /** A cell, and a probe in it. */
  cellOf: (cell: Cell) => CadenceCell;
  ownOf: (cell: CadenceCell, probe: string) => CadenceOwn;
  /** A probe measured a target of this cell at a true time. */
  saw: (cell: CadenceCell, own: CadenceOwn, at: EpochMs) => void;
  /** Milliseconds from one round to the next in a cell; of all cells where it is not known yet. */
  of: (cell: CadenceCell) => number;
};

/** So many measurements of a cell may pass before its cadence is worked out anew. */
const LOOK_EVERY = 16;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Median over probes of the pause between each one's last two measurements: one probe, one voice, so that one which
 * measures far more often than the others does not make the round.
 */
export function createCadence(settings: Settings): Cadence {
  const cells = new Map<string, CadenceCell>();
  const everywhere: number[] = [];
  let usual: number | null = null;
  const look = (cell: CadenceCell) => {
    const known: number[] = [];
    for (const { interval } of cell.probes.values()) if (interval !== null) known.push(interval);
    cell.cadenceMs = median(known);
    cell.sinceLook = 0;
    if (cell.cadenceMs === null) return;
    everywhere.push(cell.cadenceMs);
    if (everywhere.length > settings.cadenceMemory) everywhere.shift();
    usual = median(everywhere);
  };
  return {
    cellOf: (cell) => {
      const key = cellKey(cell);
      const known = cells.get(key) ?? { cell, probes: new Map(), cadenceMs: null, sinceLook: 0 };
      cells.set(key, known);
      return known;
    },
    ownOf: ({ probes }, probe) => {
      const known = probes.get(probe) ?? { last: NEVER, interval: null, soon: 0 };
      probes.set(probe, known);
      return known;
    },
    saw: (cell, own, at) => {
      if (own.last === NEVER) {
        own.last = at;
        return;
      }
      const interval = at - own.last;
      if (at > own.last) own.last = at;
      if (interval < settings.minCadenceMs || interval > settings.maxCadenceMs) return;
      // Looks that the collector asked for are no new cadence; what goes on so is.
      own.soon = interval < (cell.cadenceMs ?? 0) / 2 ? own.soon + 1 : 0;
      if (own.soon > 0 && own.soon < settings.cadenceSoon) return;
      own.interval = interval;
      if (cell.cadenceMs === null || ++cell.sinceLook >= LOOK_EVERY) look(cell);
    },
    of: ({ cadenceMs }) => cadenceMs ?? usual ?? settings.defaultCadenceMs,
  };
}
