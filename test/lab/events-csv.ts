import type { StreetEvent } from "./scenarios/scenario.ts";
import { CITIES } from "./world/places.ts";

/** The script's event as the CSV that `kuager collector event import` takes. */
export function eventsCsv({ id, title, city, fromS, toS }: StreetEvent, zeroMs: number): string {
  const place = CITIES.find(({ slug }) => slug === city)?.region ?? "KZ";
  const utc = (seconds: number) => new Date(zeroMs + 1000 * seconds).toISOString();
  const columns = "id,kind,sanctioned,place,title,start,end,precision,source";
  const source = "https://example.org/lab";
  return `${columns}\n${[id, "rally", "unsanctioned", place, title, utc(fromS), utc(toS), "minute", source].join(",")}\n`;
}
