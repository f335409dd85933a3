import type { EpochMs } from "../analysis/types.ts";
import type { WorldEvent } from "../api/types.ts";
import { zoneOffset } from "../events/local-time.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import type { EventRow } from "./types.ts";

const ZONE = "Asia/Almaty";
const DAY_MS = 86_400_000;

/**
 * Events with when they were put on record. One entered after the (local) day of its start is late: whoever entered it
 * could know what had been found that day. Those that came with the project's own data have no editor.
 */
export async function eventRows({ admin }: Pick<Store, "admin">, events: readonly WorldEvent[]): Promise<EventRow[]> {
  const entries = new Map(
    (await admin.eventEntries.of(events.map(({ id }) => id))).map((entry) => [entry.event, entry]),
  );
  return events.map((event) => {
    const entry = entries.get(event.id);
    return {
      ...event,
      entered: entry === undefined ? null : utc(entry.entered),
      editor: entry?.editor ?? null,
      late: entry !== undefined && isLate(event, entry.entered),
    };
  });
}

/** Whether an event was entered after the day of its start was over. */
export function isLate({ start, precision }: Pick<WorldEvent, "start" | "precision">, entered: EpochMs): boolean {
  const at = Date.parse(start);
  // Of an event known to the day only the date counts, as it stands there (UTC).
  const offset = precision === "minute" || precision === "hour" ? zoneOffset(ZONE, at) : 0;
  const day = Math.floor((at + offset) / DAY_MS);
  return entered + zoneOffset(ZONE, entered) >= (day + 1) * DAY_MS;
}
