import { outsideRows } from "../../outside/view.ts";
import { stepOf } from "../coverage-series.ts";
import type { Reader } from "../reader.ts";
import { type TimelineChoice, timelineView } from "../timeline-view.ts";
import { presenceRows } from "./presence-rows.ts";
import type { TimelinePageView } from "./view-types.ts";

const AROUND_MAX = 40;
const YEARS_AHEAD_MS = 366 * 86_400_000;

/** The timeline's page: the timeline, its networks (or one network's regions) one by one, and events to look around. */
export async function timelinePageView(
  reader: Reader,
  choice: TimelineChoice,
  eventsShown: boolean,
): Promise<TimelinePageView> {
  const now = reader.now();
  const to = Math.min(choice.to, now, choice.asOf ?? now);
  const window = { from: choice.from, to: Math.max(to, choice.from) };
  const by = choice.asn !== null && choice.region === null ? ("region" as const) : ("network" as const);
  const single = choice.asn !== null && choice.region !== null;
  const [view, rows, events, outside] = await Promise.all([
    timelineView(reader, choice),
    single || window.to <= window.from
      ? []
      : presenceRows(reader, { ...window, region: choice.region, asn: choice.asn, by, stepMs: stepOf(window) }),
    reader.store.events.within({ from: 0, to: now + YEARS_AHEAD_MS }, AROUND_MAX),
    outsideRows(reader.store.admin.outside, { ...window, asn: choice.asn, target: null }),
  ]);
  return {
    ...view,
    events: eventsShown ? view.events : [],
    rows,
    rowsBy: by,
    eventsShown,
    around: events.toReversed(),
    outside: outside.filter(({ retrievedAt }) => choice.asOf === null || Date.parse(retrievedAt) <= choice.asOf),
  };
}
