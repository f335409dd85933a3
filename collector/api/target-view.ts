import type { EpochMs } from "../analysis/types.ts";
import type { VerdictRow } from "../store/store.ts";
import { utc } from "../time.ts";
import { numbersOf } from "./incident-rows.ts";
import { type Reader, stamp } from "./reader.ts";
import { latestCells } from "./target-cells.ts";
import { countDays, dayOf } from "./target-days.ts";
import { targetLegal } from "./target-legal.ts";
import type { TargetView } from "./types.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
const PAGE = 1000;
/** Judgements counted at most; of a fleet that makes more, fewer days are shown, each of them whole. */
const COUNTED_MAX = 6000;
const INCIDENTS_MAX = 10_000;
const SHOWN_INCIDENTS = 100;

/** Everything the page of one target shows; null when it is not in the list. */
export async function targetView(reader: Reader, id: string): Promise<TargetView | null> {
  const { store, catalogue, now } = reader;
  const target = catalogue.list.targets.find((one) => one.id === id);
  if (target === undefined) return null;
  const at = now();
  const [probes, incidents, cells, heads] = await Promise.all([
    store.probes.all(),
    store.incidents.list({ from: 0, to: at + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    latestCells(reader),
    store.publications.heads(null),
  ]);
  const first = Date.parse(dayOf(at)) - (DAYS - 1) * DAY_MS;
  const { rows, from } = await judgements(reader, id, first, at);
  const own = incidents.filter(({ targets }) => targets.includes(id)).slice(0, SHOWN_INCIDENTS);
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers: numbersOf(heads, own),
    target,
    cells: cells.filter((cell) => cell.target === id),
    days: countDays(rows, probes, from),
    from: dayOf(from),
    to: dayOf(at),
    incidents: own,
    reports: catalogue.reports.filter(({ targets }) => targets.includes(id)),
    legal: await targetLegal(reader, id),
  };
}

/** Judgements of a target from `first` on, and the start of the first day of which all were read. */
async function judgements({ store }: Reader, target: string, first: EpochMs, at: EpochMs) {
  const rows: VerdictRow[] = [];
  const window = { from: first, to: at + 1, asOf: at, region: null, asn: null, target, limit: PAGE };
  while (rows.length < COUNTED_MAX) {
    const last = rows.at(-1);
    const after = last === undefined ? null : { at: last.measuredAt, id: last.id };
    const page = await store.verdicts.list({ ...window, after });
    rows.push(...page);
    if (page.length < PAGE) return { rows, from: first };
  }
  const from = Date.parse(dayOf((rows.at(-1)?.measuredAt ?? first) + DAY_MS));
  return { rows: rows.filter(({ measuredAt }) => utc(measuredAt) >= utc(from)), from };
}
