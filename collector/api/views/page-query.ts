import { z } from "zod";
import { Asn } from "../../../protocol/primitives.ts";
import { Category } from "../../../protocol/target.ts";
import type { Catalogue } from "../../catalogue.ts";
import { wallToUtc, zoneOffset } from "../../events/local-time.ts";
import { PARAMETERS } from "../query.ts";
import { QuarterName } from "../routes/legal.ts";
import { STATES } from "../rows/incident-row.ts";
import { MATRIX_VALUES } from "./view-types.ts";

const { from, to, as_of, region, asn, lang } = PARAMETERS;
const DEFAULT_ZONE = "Asia/Almaty";
const HOUR_MS = 3_600_000;

/** What a field of a form holds: a wall time without a zone, as `2022-01-05T16:30`. */
const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/**
 * Reads wall times of a query as the local time of its region (else Almaty's), with the offset valid then. Of the two
 * moments of a doubled hour, beginnings are the first and ends the second, so that a window never loses anything.
 */
export function withLocalTimes(query: unknown, { regions }: Pick<Catalogue, "regions">): unknown {
  if (typeof query !== "object" || query === null) return query;
  const chosen = "region" in query ? query.region : undefined;
  const zone = regions.find(({ code }) => code === chosen)?.timeZone ?? DEFAULT_ZONE;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) =>
      typeof value === "string" && WALL.test(value) ? [name, momentOf(value, zone, name === "to")] : [name, value],
    ),
  );
}

function momentOf(wall: string, zone: string, last: boolean): string {
  const at = Date.parse(`${wall}Z`);
  if (Number.isNaN(at)) return wall;
  const first = wallToUtc(zone, at);
  // Clocks were never set back by another amount than an hour here.
  const again = first + HOUR_MS;
  const doubled = again + zoneOffset(zone, again) === at;
  return new Date(last && doubled ? again : first).toISOString();
}

const sort = z.enum(["name", "worst"]).catch("name").default("name");
const page = z.coerce.number().int().min(1).max(10_000).catch(1).default(1);
const flag = z.enum(["0", "1"]).optional().catch(undefined);

/** Pages pass over parameters they do not know: people share addresses with trackers' parameters on them. */
export const PAGE_QUERIES = {
  language: z.object({ lang, lite: flag }),
  /** A category of an old address that is no more shows all. */
  targets: z.object({
    category: Category.optional().catch(undefined),
    changed: z.enum(["7d"]).optional().catch(undefined),
  }),
  target: z.object({ day: from }),
  /** A quarter that is none shows the latest. */
  legal: z.object({ quarter: QuarterName.optional().catch(undefined) }),
  timeline: z.object({ from, to, as_of, region, asn, events: flag }),
  places: z.object({ sort }),
  matrix: z.object({ at: from, value: z.enum(MATRIX_VALUES).catch("connected").default("connected"), sort }),
  incidents: z.object({
    ...{ region, asn, from, to, page, open: flag },
    target: z.string().trim().toLowerCase().max(253).optional(),
    kind: z.enum(["block", "interception", "throttle", "shutdown", "outage"]).optional().catch(undefined),
    confidence: z.enum(["observed", "probable", "confirmed"]).optional().catch(undefined),
    state: z.enum(STATES).optional().catch(undefined),
  }),
  events: z.object({
    ...{ region, from, to, page },
    kind: z
      .enum(["rally", "picket", "election", "emergency", "official", "publication", "court-ruling", "other"])
      .optional()
      .catch(undefined),
  }),
  explore: z.object({ from, to, region, asn, target: z.string().trim().max(253).optional() }),
} as const;

/** The network of an address such as `/networks/AS9198`; null when that is no number of one. */
export function networkOf(id: string): number | null {
  const parsed = /^(?:AS)?(\d{1,10})$/i.exec(id);
  const asn = Asn.safeParse(Number(parsed?.[1]));
  return asn.success ? asn.data : null;
}
