import { z } from "zod";
import { Access, Asn, Place, Utc } from "../../../protocol/primitives.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import type { VerdictRow as StoredVerdict } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { type Column, localColumns, nameColumns } from "../columns.ts";
import type { Pseudonym } from "../pseudonym.ts";
import type { PublicPlace } from "../small-cells.ts";
import { MeasurementId, measurementId, PseudonymText } from "./measurement-row.ts";

/** A judgement as published, with the measurement it judges. */
export const VerdictRow = z.strictObject({
  probe: PseudonymText,
  target: z.string().max(253),
  asn: Asn.nullable(),
  region: Place.nullable().describe("the country alone where fewer than three witnesses are known"),
  access: Access.nullable().describe("null where it is not known, or not told"),
  measuredAt: Utc,
  measurement: MeasurementId.nullable().describe("id of the measurement that was judged"),
  record: z.string().max(64).describe("SHA-256 of its signed entry; empty where it is not kept"),
  ...Verdict.shape,
});
export type VerdictRow = z.infer<typeof VerdictRow>;

export const VERDICT_COLUMNS: readonly Column<VerdictRow>[] = [
  { name: "probe", about: "name of the probe on that day (UTC) alone", of: (row) => row.probe },
  { name: "measured_at", type: "time", about: "when it was measured", of: (row) => row.measuredAt },
  { name: "target", about: "id of the target", of: (row) => row.target },
  { name: "asn", type: "integer", unit: "AS number", about: "network of the probe", of: (row) => row.asn },
  { name: "region", about: "region of the probe; the country where few are known", of: (row) => row.region },
  { name: "code", about: "the verdict", of: (row) => row.code },
  { name: "stage", about: "where it failed: dns, tcp, tls, http or none", of: (row) => row.stage },
  { name: "strength", about: "self-evident, contrasted or weak", of: (row) => row.strength },
  { name: "rule", about: "the rule that made it", of: (row) => row.rule },
  { name: "rules_version", about: "version of the rules", of: (row) => row.rulesVersion },
  { name: "reasons", about: "what was seen", of: (row) => row.reasons.map(({ says }) => says).join("; ") },
  { name: "measurement", about: "id of the measurement", of: (row) => row.measurement },
  { name: "record", about: "SHA-256 of its signed entry", of: (row) => row.record },
  { name: "access", about: "fixed or mobile; empty where it is not told", of: (row) => row.access },
  ...localColumns<VerdictRow>(({ measuredAt, region }) => ({ at: measuredAt, region })),
  ...nameColumns<VerdictRow>(),
];

/** A stored verdict as the public sees it. */
export function verdictRow(
  { probe, target, asn, measuredAt, record, at, verdict }: StoredVerdict,
  { pseudonym, place }: { pseudonym: Pseudonym; place: PublicPlace },
): VerdictRow {
  return {
    probe: pseudonym(probe, measuredAt),
    ...{ target, asn, ...place, measuredAt: utc(measuredAt) },
    measurement: record === "" ? null : measurementId(at, record),
    record,
    ...verdict,
  };
}
