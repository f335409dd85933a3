import { z } from "zod";
import { Place, Text, Url, Utc } from "./primitives.ts";

/** A rally, election or other event of the world outside, with how exactly its times are known. */
export const WorldEvent = z.object({
  id: z.string().min(1).max(128),
  kind: z.enum(["rally", "picket", "election", "emergency", "official", "publication", "court-ruling", "other"]),
  sanctioned: z.enum(["sanctioned", "unsanctioned", "unknown"]),
  place: Place,
  title: Text,
  start: Utc,
  end: Utc.nullable(),
  precision: z.enum(["minute", "hour", "day", "month"]),
  source: Url,
});
export type WorldEvent = z.infer<typeof WorldEvent>;
