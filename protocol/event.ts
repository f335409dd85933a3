import { z } from "zod";
import { Names, Place, Text, Url, Utc } from "./primitives.ts";

/** A rally, election or other event of the world outside, with how exactly its times are known. */
export const WorldEvent = z.object({
  id: z.string().min(1).max(128),
  kind: z.enum(["rally", "picket", "election", "emergency", "official", "publication", "court-ruling", "other"]),
  sanctioned: z.enum(["sanctioned", "unsanctioned", "unknown"]),
  place: Place,
  title: Text,
  /** The title in the languages of the pages, where somebody wrote it in each; else it is shown as it is. */
  titles: Names.optional(),
  start: Utc,
  end: Utc.nullable(),
  precision: z.enum(["minute", "hour", "day", "month"]),
  source: Url,
});
export type WorldEvent = z.infer<typeof WorldEvent>;
