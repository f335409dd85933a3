import { z } from "zod";
import { WorldEvent } from "../../protocol/event.ts";
import { CAUSES, Ground, Incident } from "../../protocol/incident.ts";
import { Asn, Hex32 } from "../../protocol/primitives.ts";
import { LegalBasis, PublishedVersion, RegistryLookup, Statement } from "../../protocol/publication.ts";

const Names = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
const Count = z.int().min(0);
const Span = z.object({ from: z.string(), to: z.string() });

/** A length of time in whole units, as it is told. */
const Length = z.object({
  days: Count.optional(),
  hours: Count.optional(),
  minutes: Count.optional(),
  seconds: Count.optional(),
});

/** Measurements by what they were judged: interference, opens as usual, and all else. */
const Tally = z.object({ measurements: Count, interfered: Count, clear: Count, unclear: Count });
export type Tally = z.infer<typeof Tally>;

/** A cell of few witnesses has no counts (`few`): they would be the comings and goings of one person. */
const Cell = z.object({
  region: z.string().nullable(),
  asn: Asn.nullable(),
  few: z.boolean(),
  /** Witnesses that were known in it. */
  probes: Count.nullable(),
  during: Tally.nullable(),
  /** Witnesses connected in the half hour before it began, at most, and while it lasted, at least. */
  connected: z.object({ before: Count.nullable(), least: Count.nullable() }).nullable(),
  /** Witnesses connected in each hour or day, at least and at most, and what they measured. */
  buckets: z.array(Tally.extend({ ...Span.shape, least: Count.nullable(), most: Count.nullable(), measuring: Count })),
});
export type Cell = z.infer<typeof Cell>;

const TargetRow = Tally.extend({ target: z.string(), first: z.string().nullable(), last: z.string().nullable() });

/** An event near in time, and how the start of the incident lies to its own. */
const Lag = z.object({
  event: z.string(),
  order: z.enum(["after", "before", "about"]),
  least: Length,
  most: Length,
  ordinaryDays: Count,
  ordinaryDaysWith: Count,
});

const Watched = z.object({
  min: Count.nullable(),
  max: Count.nullable(),
  expected: Count,
  few: z.literal(true).optional(),
});

/** A statement, what was measured at the time that it speaks of, and what follows for what it claims. */
const StatementBeside = Statement.extend({
  measured: z.object({
    ...Span.shape,
    watched: Watched,
    incidents: z
      .array(
        Incident.pick({ id: true, kind: true, extent: true, confidence: true, start: true, end: true }).extend({
          number: z.string().nullable(),
          targets: z.array(z.string()),
          regions: z.array(z.string()),
        }),
      )
      .max(20),
  }),
  hypotheses: z.array(
    z.object({
      claim: z.enum([...CAUSES, "no disruption", "no order"]),
      predictions: z.array(Names),
      verdict: z.enum(["supported", "contradicted", "untestable"]),
      reason: z.enum(["records", "mixed", "no incident", "watched", "not watched", "not measured"]),
      grounds: z
        .array(
          z.object({
            incident: z.string(),
            verdict: z.enum(["supported", "contradicted", "untestable"]),
            because: z.array(z.string()),
            evidence: z.array(Ground).optional(),
          }),
        )
        .max(20),
    }),
  ),
});
export type StatementBeside = z.infer<typeof StatementBeside>;

/** What another project measured, as it was received: the file stands in context/thirdparty/. */
const Outside = z.object({
  source: z.string().max(64),
  title: z.string().max(200),
  address: z.string().max(2048).nullable(),
  retrieved: z.string(),
  licence: z.string().max(200),
  file: z.string().max(200),
  sha256: Hex32,
  /** What people who compared them say; null where nobody has. */
  agrees: z.enum(["agrees", "disagrees", "silent"]).nullable(),
});
export type Outside = z.infer<typeof Outside>;

const Version = PublishedVersion.omit({ incident: true }).extend({
  confidence: Incident.shape.confidence,
  witnesses: Count,
});

/**
 * incident.json: what a bundle claims, and every number that its report may show. `edition` `public`: what the API
 * publishes; `originals`: signed entries as probes wrote them.
 */
export const Facts = z.object({
  format: z.literal("kuager-bundle/2"),
  /** Fewest probes that are counted; left out by programs before it was told. */
  enoughProbes: Count.optional(),
  bundle: z.object({
    /** `KZ-2026-0042-v3`; the analysis' own id and version while the incident has no number. */
    id: z.string(),
    edition: z.enum(["public", "originals"]),
    made: z.string(),
    asOf: z.string(),
    query: z.string(),
    license: z.string(),
    software: z.string(),
    rulesVersion: z.string(),
    commit: z.string().nullable(),
    /** SHA-256 of all that judging knew besides the records (knowledgeHash). */
    knowledge: Hex32,
    /** Which RENDERING made what follows from these facts; bundles of earlier programs do not name it. */
    rendering: z.int().min(1).optional(),
  }),
  incident: Incident,
  /** Clocks of the place: each moment that the report tells (UTC, RFC 3339) as a clock there showed it. */
  clocks: z.record(z.string(), z.string()),
  /** Between start and end, at least and at most; null while it is open. */
  lasted: z.object({ least: Length, most: Length }).nullable(),
  names: z.object({
    targets: z.record(z.string(), Names),
    regions: z.record(z.string(), Names),
    networks: z.record(z.string(), z.string()),
  }),
  /** Times of receipt whose records are enclosed. */
  window: Span,
  counts: z.object({
    entries: z.object({ witnesses: Count, controls: Count }),
    verdicts: z.record(z.string(), Count),
    excluded: Count,
  }),
  /** How so few witnesses are told that their number could point at one. */
  few: z.string().regex(/^1(?:–\d{1,3})?$/),
  cells: z.array(Cell),
  targets: z.array(TargetRow),
  timeline: z.object({
    ...Span.shape,
    ticks: z.array(z.string()),
    /** What witnesses measured of the sites in question, hour by hour or day by day. */
    measured: z.array(Tally.extend(Span.shape)),
    points: z.array(
      z.object({
        ...Span.shape,
        min: Count.nullable(),
        max: Count.nullable(),
        expected: Count,
        few: z.literal(true).optional(),
      }),
    ),
    gaps: z.array(Span),
  }),
  events: z.array(WorldEvent),
  lags: z.array(Lag),
  reports: z.array(
    z.looseObject({
      id: z.string(),
      title: Names,
      start: z.string(),
      precision: z.string(),
      source: z.string(),
      grade: z.string(),
    }),
  ),
  outside: z.array(Outside),
  publication: z
    .object({
      number: z.string(),
      versions: z.array(Version),
      legal: z.array(LegalBasis),
      registry: z.array(RegistryLookup),
      statements: z.array(StatementBeside),
    })
    .nullable(),
  earlier: z.array(z.object({ asOf: z.string(), confidence: z.string(), witnesses: Count, end: Incident.shape.end })),
  attribution: z.enum(["none", "claimed", "documented"]),
  log: z.object({ origin: z.string(), size: Count, root: z.string() }),
  /**
   * What judging the enclosed records again gave when the bundle was made: whether the incident is among it, and how many
   * published verdicts it does not give; null in the public edition.
   */
  replay: z
    .object({ rulesVersion: z.string(), incidents: z.array(Incident), same: z.boolean(), verdictsDiffer: Count })
    .nullable(),
});
export type Facts = z.infer<typeof Facts>;

/** log-proof.json: one proof for all enclosed entries, and earlier heads with proofs that the log went on from them. */
export const LogProof = z.object({
  format: z.literal("kuager-log-proof/1"),
  size: Count,
  /** Places in the log, in the order in which the entries stand in the record files. */
  leaves: z.array(Count).max(5_000_000),
  /** Hashes in hex, see protocol/merkle-many.ts. */
  path: z.array(Hex32),
  history: z.array(z.object({ note: z.string(), path: z.array(Hex32) })).max(1000),
});
export type LogProof = z.infer<typeof LogProof>;
