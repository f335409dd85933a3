import type { EpochMs } from "../../analysis/types.ts";
import { utc } from "../../time.ts";
import { type Reader, stamp } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { stateAt } from "../state-at.ts";
import type { MatrixValue, MatrixView } from "./view-types.ts";

const STEP_MS = 5 * 60_000;
const INCIDENTS_MAX = 2000;

export type MatrixChoice = {
  readonly at: EpochMs | null;
  readonly value: MatrixValue;
  readonly sort: MatrixView["sort"];
};

/**
 * Regions against networks at one moment, held to whole five minutes so that its address always shows the same; without
 * a moment, the last five minutes that are over.
 */
export async function matrixView(reader: Reader, choice: MatrixChoice): Promise<MatrixView> {
  const { store, catalogue } = reader;
  const last = reader.now() - STEP_MS;
  const at = Math.floor(Math.min(choice.at ?? last, last) / STEP_MS) * STEP_MS;
  const [cells, { incidents: open, numbers }, gaps] = await Promise.all([
    stateAt(reader, at),
    standingIncidents(reader, { from: at, to: at + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    store.gaps.within({ from: at, to: at + STEP_MS }),
  ]);
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers,
    at: utc(at),
    value: choice.value,
    sort: choice.sort,
    cells,
    open,
    gaps: gaps.map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  };
}
