import type { Region } from "../../targets/schema.ts";
import { readCsv } from "../csv-reader.ts";
import { isAcled, readAcled } from "./acled.ts";
import { readIcal } from "./ical.ts";
import { readOwnCsv } from "./own-csv.ts";
import { createPlaces } from "./places.ts";
import type { EventRows } from "./rows.ts";

export const EVENT_FORMATS = ["own", "acled", "ical"] as const;
export type EventFormat = (typeof EVENT_FORMATS)[number];

/**
 * Events of a file in one of three formats; without one named, a calendar is known by its first line and ACLED by its
 * header. Wrong rows are told with their line, all others taken. Error: `bad_input` for a file that is none of them.
 */
export function readEvents(
  label: string,
  text: string,
  { format, regions }: { format?: EventFormat | undefined; regions: readonly Region[] },
): EventRows & { format: EventFormat } {
  const told = format ?? formatOf(text);
  const places = createPlaces(regions);
  switch (told) {
    case "ical":
      return { ...readIcal(label, text, places), format: told };
    case "acled":
      return { ...readAcled(text, places), format: told };
    case "own":
      return { ...readOwnCsv(label, text, places), format: told };
  }
}

function formatOf(text: string): EventFormat {
  const head = text.slice(0, 4096);
  if (/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(head)) return "ical";
  const names = (readCsv(head.split("\n", 1)[0] ?? "")[0]?.cells ?? []).map((name) => name.trim().toLowerCase());
  return isAcled(names) ? "acled" : "own";
}
