import { z } from "zod";
import { CAUSES, Cause, Incident } from "../../../protocol/incident.ts";
import { Asn, Hex32, RegionCode, Utc } from "../../../protocol/primitives.ts";
import { IncidentNumber, LegalBasis, RegistryLookup, Statement } from "../../../protocol/publication.ts";
import { VerdictCode } from "../../../protocol/verdict.ts";
import { CRITERIA, type QuarterlyRow, type ReconciledTarget, type StatementBeside } from "../legal-types.ts";
import { IncidentRow } from "./incident-row.ts";

const Count = z.int().min(0);

/** A target as a registry and the probes know it. */
export const ReconciledSchema: z.ZodType<ReconciledTarget> = z.strictObject({
  target: z.string(),
  listed: z.boolean().nullable().describe("null: no answer"),
  status: RegistryLookup.shape.status.nullable(),
  askedAt: Utc.nullable(),
  answerSha256: Hex32.nullable(),
  reach: z.enum(["blocked", "reachable", "unclear"]),
  incidents: z.array(z.string()).describe("numbers (or ids) of the open incidents that block it"),
  networks: Count.describe("networks that measured it of late"),
  basis: LegalBasis.shape.basis,
});

/** What stands beside the rows of the reconciliation. */
export const RECONCILIATION_MORE = {
  counts: z.strictObject({
    ...{ listedBlocked: Count, listedReachable: Count, unlistedBlocked: Count, unlistedReachable: Count },
    ...{ unanswered: Count, unmeasured: Count },
  }),
  asked: z.boolean().describe("false while this collector has never asked a registry"),
};

const { kind, confidence, start, end, asns, regions } = Incident.shape;
const { basis, authority, statute, document, remedy } = LegalBasis.shape;

/** A line of the quarterly table. */
export const QuarterlySchema: z.ZodType<QuarterlyRow> = z.strictObject({
  ...{ kind, confidence, start, end, asns, regions, basis, authority, statute, document, remedy },
  quarter: z.string(),
  number: IncidentNumber,
  version: z.int().min(1),
  target: z.string().nullable().describe("null: a whole service"),
  source: z.string().nullable(),
});

const Reason = z.enum(["records", "mixed", "no incident", "watched", "not watched", "not measured"]);
const Names = z.strictObject({ kk: z.string(), ru: z.string(), en: z.string() });
const { id, number, extent, targets } = IncidentRow.shape;

/** A statement beside what was measured at the time that it speaks of. */
export const StatementSchema: z.ZodType<StatementBeside> = Statement.extend({
  measured: z.strictObject({
    ...{ from: Utc, to: Utc },
    watched: z.strictObject({
      min: Count.nullable(),
      max: Count.nullable(),
      expected: Count,
      few: z.literal(true).optional().describe("there were so few that the numbers are not told"),
      notYet: z.literal(true).optional().describe("no probe had joined yet, anywhere"),
    }),
    incidents: z.array(
      z.strictObject({ id, number, kind, extent, confidence, start, end, targets, regions: z.array(RegionCode) }),
    ),
  }),
  hypotheses: z.array(
    z.strictObject({
      claim: z.enum([...CAUSES, "no disruption", "no order"]),
      predictions: z.array(Names),
      verdict: Cause.shape.verdict,
      reason: Reason,
      grounds: z.array(
        z.strictObject({
          ...{ incident: z.string(), verdict: Cause.shape.verdict, because: z.array(z.string()) },
          evidence: Cause.shape.evidence,
        }),
      ),
    }),
  ),
});

/** How open each network is about blocking a target. */
export const TransparencySchema = z.strictObject({
  target: z.string(),
  networks: z.array(
    z.strictObject({
      asn: Asn.nullable(),
      methods: z.array(VerdictCode),
      points: z.int().min(0).max(CRITERIA.length),
      criteria: z.record(z.enum(CRITERIA), z.boolean()),
      seenAt: Utc.nullable(),
      record: z.string().nullable(),
    }),
  ),
  lowest: Count.nullable(),
  highest: Count.nullable(),
});
