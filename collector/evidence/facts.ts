import { z } from "zod";
import { WorldEvent } from "../../protocol/event.ts";
import { Incident } from "../../protocol/incident.ts";

const Names = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
/** A moment in UTC and as clocks of the place showed it, with the offset. */
const Moment = z.object({ utc: z.string(), local: z.string() });
const Count = z.int().min(0);

/**
 * incident.json: what a bundle claims, and every number that its report may show. `edition` `public`: what the API
 * publishes; `originals`: signed entries as probes wrote them.
 */
export const Facts = z.object({
  format: z.literal("kuager-bundle/1"),
  bundle: z.object({
    id: z.string(),
    edition: z.enum(["public", "originals"]),
    made: z.string(),
    asOf: z.string(),
    query: z.string(),
    license: z.string(),
    software: z.string(),
    rulesVersion: z.string(),
  }),
  incident: Incident,
  times: z.object({
    start: z.object({ earliest: Moment, latest: Moment }),
    end: z.object({ earliest: Moment, latest: Moment }).nullable(),
    detected: Moment,
  }),
  names: z.object({
    targets: z.record(z.string(), Names),
    regions: z.record(z.string(), Names),
    networks: z.record(z.string(), z.string()),
  }),
  window: z.object({ from: z.string(), to: z.string() }),
  counts: z.object({
    entries: z.object({ witnesses: Count, controls: Count }),
    verdicts: z.record(z.string(), Count),
    excluded: Count,
  }),
  coverage: z.object({
    points: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        min: Count.nullable(),
        max: Count.nullable(),
        expected: Count,
        few: z.literal(true).optional(),
      }),
    ),
    gaps: z.array(z.object({ from: z.string(), to: z.string() })),
  }),
  events: z.array(WorldEvent),
  reports: z.array(z.looseObject({ id: z.string(), title: Names, source: z.string(), grade: z.string() })),
  earlier: z.array(z.object({ asOf: z.string(), confidence: z.string(), witnesses: Count, end: Incident.shape.end })),
  attribution: z.enum(["none", "claimed", "documented"]),
  log: z.object({ origin: z.string(), size: Count, root: z.string() }),
  /** What judging the enclosed records again gave when the bundle was made; null in the public edition. */
  replay: z.object({ rulesVersion: z.string(), incidents: z.array(Incident), same: z.boolean() }).nullable(),
});
export type Facts = z.infer<typeof Facts>;

/** log-proof.json: one proof for all enclosed entries, and earlier heads with proofs that the log went on from them. */
export const LogProof = z.object({
  format: z.literal("kuager-log-proof/1"),
  size: Count,
  /** Places in the log, in the order in which the entries stand in the record files. */
  leaves: z.array(Count).max(5_000_000),
  /** Hashes in hex, see protocol/merkle-many.ts. */
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  history: z.array(z.object({ note: z.string(), path: z.array(z.string().regex(/^[0-9a-f]{64}$/)) })).max(1000),
});
export type LogProof = z.infer<typeof LogProof>;
