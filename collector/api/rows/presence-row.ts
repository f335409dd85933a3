import { z } from "zod";
import { Asn, RegionCode, Utc } from "../../../protocol/primitives.ts";
import { VerdictCode } from "../../../protocol/verdict.ts";

const Count = z.int().min(0);

/** A time in which the collector did not run. */
export const Gap = z.strictObject({ from: Utc, to: Utc });

/** Witnesses present over one part of a window. */
export const PresencePoint = z.strictObject({
  from: Utc,
  to: Utc,
  min: Count.nullable().describe("fewest at once; null: not known, or not told"),
  max: Count.nullable().describe("most at once; null: not known, or not told"),
  expected: Count.describe("joined, not left, and watched"),
  few: z.literal(true).optional().describe("too few probes to tell counts"),
});

/** The same for one region, one network, or one network in one region, as lists. */
export const Lane = z.strictObject({
  region: RegionCode.nullable().describe("null: all"),
  asn: Asn.nullable().describe("null: all"),
  min: z.array(Count.nullable()),
  max: z.array(Count.nullable()),
  expected: z.array(Count),
  few: z.literal(true).optional(),
});

/** State of one network in one region at a moment. */
export const StateRow = z.strictObject({
  region: RegionCode,
  asn: Asn,
  min: Count.nullable().describe(
    "fewest witnesses at once in the five minutes of the moment; null: not known, or not told",
  ),
  max: Count.nullable(),
  expected: Count,
  targets: Count.describe("targets judged in the hour of the moment and the hour before"),
  blocked: Count.describe("targets that most witnesses found blocked"),
  codes: z.partialRecord(VerdictCode, Count).describe("targets by what most witnesses found; each 1 in a small cell"),
  few: z.literal(true).optional().describe("too few probes to tell counts"),
});
