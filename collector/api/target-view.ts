import type { EpochMs } from "../analysis/types.ts";
import { publicReports } from "./kept-reports.ts";
import { type Reader, stamp } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";
import { latestCells } from "./target-cells.ts";
import { dayOf, daysOf } from "./target-days.ts";
import { targetLegal } from "./target-legal.ts";
import type { TargetView } from "./types.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;
const COUNTS_MAX = 200_000;
const INCIDENTS_MAX = 10_000;
const SHOWN_INCIDENTS = 100;

/** Everything the page of one target shows, and what was judged on the day asked for; null when it is not in the list. */
export async function targetView(reader: Reader, id: string, day: EpochMs | null = null): Promise<TargetView | null> {
  const { catalogue, now } = reader;
  const target = catalogue.list.targets.find((one) => one.id === id);
  if (target === undefined) return null;
  const at = now();
  const first = Date.parse(dayOf(at)) - (DAYS - 1) * DAY_MS;
  const [{ incidents, numbers }, cells, days, asked, legal, reports] = await Promise.all([
    standingIncidents(reader, { from: 0, to: at + 1, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    latestCells(reader, id),
    daysIn(reader, id, first, at + 1),
    day === null ? null : daysIn(reader, id, day, day + DAY_MS),
    targetLegal(reader, id),
    publicReports(reader),
  ]);
  const own = incidents.filter(({ targets }) => targets.includes(id)).slice(0, SHOWN_INCIDENTS);
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers,
    target,
    cells,
    days,
    from: dayOf(first),
    to: dayOf(at),
    incidents: own,
    reports: reports.filter(({ targets }) => targets.includes(id)),
    legal,
    asked: asked === null || day === null ? null : { day: dayOf(day), days: asked },
  };
}

/** Judgements of a target by day and network. */
async function daysIn({ store, enoughProbes }: Reader, target: string, from: EpochMs, to: EpochMs) {
  const [probes, counts] = await Promise.all([
    store.probes.all(),
    store.rollups.verdicts({
      ...{ role: "witness", asn: null, region: null, access: null },
      ...{ from, to, target, grain: "day", by: ["start", "asn"], rowsMax: COUNTS_MAX },
    }),
  ]);
  return daysOf(counts, probes, { from, enough: enoughProbes });
}
