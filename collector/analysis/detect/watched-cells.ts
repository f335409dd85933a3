import { type Cell, cellKey, type Group, type Member } from "../incidents/cluster.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { createBaseline, type TargetShare } from "./baseline.ts";
import type { CadenceCell } from "./cadence.ts";
import { claimantsIn } from "./cell.ts";
import type { CellLog } from "./cell-history.ts";
import { createCellLog } from "./cell-log.ts";
import type { Claimant } from "./crowd.ts";
import { witnessesOf } from "./episode.ts";
import { openAt } from "./round.ts";

/** What is kept of a cell: its rounds, and the member that it is or was last in an incident. */
export type Watched = {
  readonly area: string;
  readonly cell: Cell;
  readonly cadence: CadenceCell;
  readonly log: CellLog;
  known: { group: Group; member: Member } | null;
  heardAt: EpochMs;
  /** When it was last found open, by anybody. */
  openAt: EpochMs;
  waits: boolean;
};

/** All cells that votes have come for, by area and by target. */
export type WatchedCells = {
  get: (area: string, cell: Cell) => Watched;
  ofTarget: (target: string) => readonly Watched[];
  of: (cell: Cell) => Watched | undefined;
  count: () => number;
};

type OfTarget = { share: TargetShare; cells: Watched[] };

/** No cells yet. Bounded by the number of areas and targets. */
export function createWatchedCells(settings: Settings, cadenceOf: (cell: Cell) => CadenceCell): WatchedCells {
  const areas = new Map<string, Map<string, Watched>>();
  const targets = new Map<string, OfTarget>();
  let cells = 0;
  const make = (area: string, cell: Cell): Watched => {
    const ofTarget = targets.get(cell.target) ?? { share: { fails: 0, trials: 0 }, cells: [] };
    targets.set(cell.target, ofTarget);
    const log = createCellLog(settings, createBaseline(ofTarget.share, settings));
    const made = { area, cell, cadence: cadenceOf(cell), log, known: null, heardAt: 0, openAt: 0, waits: false };
    ofTarget.cells.push(made);
    cells++;
    return made;
  };
  return {
    get: (area, cell) => {
      const before = areas.get(area);
      const known = before?.get(cell.target);
      if (known !== undefined) return known;
      const ofArea = before ?? new Map<string, Watched>();
      areas.set(area, ofArea);
      const made = make(area, cell);
      ofArea.set(cell.target, made);
      return made;
    },
    ofTarget: (target) => targets.get(target)?.cells ?? [],
    of: (cell) => targets.get(cell.target)?.cells.find((one) => cellKey(one.cell) === cellKey(cell)),
    count: () => cells,
  };
}

/** Who claims a block of the same target in other cells in which none has opened: alone there, perhaps not together. */
export function claimantsBeside(own: Watched, cells: readonly Watched[]): Claimant[] {
  return cells.flatMap((one) => (one === own ? [] : claimantsIn(one.log.rounds.at(-1)?.after ?? one.log.base)));
}

/** Who found a target open since a moment, in the last two rounds of its cells. */
export function foundOpen(cells: readonly Watched[], since: EpochMs): ReadonlySet<string> {
  const late = cells.flatMap(({ log }) => log.rounds.slice(-2));
  return new Set(late.flatMap(({ round }) => round.open.filter((_, place) => openAt(round, place) >= since)));
}

/** Witnesses of blocks of the same target that are open in other cells. What has not opened there may be chance. */
export function* witnessesBeside(own: Watched, cells: readonly Watched[]): Generator<string> {
  for (const one of cells) {
    const { open } = one.log.rounds.at(-1)?.after ?? one.log.base;
    if (one !== own && open !== null) yield* witnessesOf(open);
  }
}
