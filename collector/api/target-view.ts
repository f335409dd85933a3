import { type Reader, stamp } from "./reader.ts";
import { latestCells } from "./target-cells.ts";
import { countDays, dayOf } from "./target-days.ts";
import type { TargetView } from "./types.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
const INCIDENTS_MAX = 10_000;
const SHOWN_INCIDENTS = 100;

/** Everything the page of one target shows; null when it is not in the list. */
export async function targetView(reader: Reader, id: string): Promise<TargetView | null> {
  const { store, catalogue, now } = reader;
  const target = catalogue.list.targets.find((one) => one.id === id);
  if (target === undefined) return null;
  const at = now();
  const from = Date.parse(dayOf(at)) - (DAYS - 1) * DAY_MS;
  const [incidents, cells, days] = await Promise.all([
    store.incidents.list({ from: 0, to: at + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    latestCells(reader),
    countDays(reader, id, { from, to: at + 1 }),
  ]);
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    target,
    cells: cells.filter((cell) => cell.target === id),
    days,
    from: dayOf(from),
    to: dayOf(at),
    incidents: incidents.filter(({ targets }) => targets.includes(id)).slice(0, SHOWN_INCIDENTS),
    reports: catalogue.reports.filter(({ targets }) => targets.includes(id)),
  };
}
