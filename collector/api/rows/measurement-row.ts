import { z } from "zod";
import { Access, Asn, Hex32, Place, Utc } from "../../../protocol/primitives.ts";
import { entryOf } from "../../judging/stored-items.ts";
import type { MeasurementRow as StoredMeasurement } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { type Column, localColumns, nameColumns } from "../columns.ts";
import type { Pseudonym } from "../pseudonym.ts";
import { publicBody } from "../public-body.ts";
import type { PublicPlace } from "../small-cells.ts";

export const MEASUREMENT_KINDS = ["web", "im", "speed"] as const;

export const PseudonymText = z.string().length(16).describe("name of the probe on that day (UTC) alone");
export const MeasurementId = z
  .string()
  .regex(
    /^\d{8}T\d{9}Z-[0-9a-f]{16}$/,
    "expected the id of a measurement, such as 20220104T093000123Z-0123456789abcdef",
  )
  .describe("time and first digits of the record's hash");

/** A measurement as published: without chain, clock and boot, which would tie the days of one probe together. */
export const MeasurementRow = z.strictObject({
  id: MeasurementId,
  record: Hex32.describe("SHA-256 of the signed entry"),
  probe: PseudonymText,
  at: Utc.describe("when it was measured, as far as known"),
  received: Utc.describe("when a collector received it"),
  kind: z.enum(MEASUREMENT_KINDS),
  target: z.string().max(253).nullable(),
  asn: Asn.nullable(),
  region: Place.nullable().describe("the country alone where fewer than three witnesses are known"),
  access: Access.nullable().describe("null where it is not known, or not told"),
  body: z.unknown().describe("what was seen, step by step (docs/schema/entry.json)"),
});
export type MeasurementRow = z.infer<typeof MeasurementRow>;

export const MEASUREMENT_COLUMNS: readonly Column<MeasurementRow>[] = [
  { name: "record", about: "SHA-256 of the signed entry", of: (row) => row.record },
  { name: "probe", about: "name of the probe on that day (UTC) alone", of: (row) => row.probe },
  { name: "at", type: "time", about: "when it was measured", of: (row) => row.at },
  { name: "received", type: "time", about: "when a collector received it", of: (row) => row.received },
  { name: "kind", about: "web, im or speed", of: (row) => row.kind },
  { name: "target", about: "id of the target", of: (row) => row.target },
  { name: "asn", type: "integer", unit: "AS number", about: "network of the probe", of: (row) => row.asn },
  { name: "region", about: "region of the probe; the country where few are known", of: (row) => row.region },
  { name: "body", type: "json", about: "what was seen, step by step", of: (row) => JSON.stringify(row.body) },
  { name: "id", about: "id of the measurement", of: (row) => row.id },
  { name: "access", about: "fixed or mobile; empty where it is not told", of: (row) => row.access },
  ...localColumns<MeasurementRow>(({ at, region }) => ({ at, region })),
  ...nameColumns<MeasurementRow>(),
];

/** The public id of a measurement: its time and the first digits of its hash, so that it is found without an index more. */
export function measurementId(at: number, hash: string): string {
  return `${utc(at).replaceAll(/[-:.]/g, "")}-${hash.slice(0, 16)}`;
}

/** Time and digits that an id holds. */
export function readMeasurementId(id: string): { at: number; hash: string } {
  const [, day = "", time = "", ms = "", hash = ""] = /^(\d{8})T(\d{6})(\d{3})Z-([0-9a-f]{16})$/.exec(id) ?? [];
  const date = day.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3");
  const clock = time.replace(/(\d\d)(\d\d)(\d\d)/, "$1:$2:$3");
  return { at: Date.parse(`${date}T${clock}.${ms}Z`), hash };
}

/** A stored measurement as the public sees it. */
export function measurementRow(
  row: StoredMeasurement,
  { pseudonym, place }: { pseudonym: Pseudonym; place: PublicPlace },
): MeasurementRow {
  return {
    id: measurementId(row.at, row.hash),
    record: row.hash,
    probe: pseudonym(row.probe, row.at),
    at: utc(row.at),
    received: utc(row.received),
    // The cast is sound: only measurements have a target, and these are their kinds.
    kind: row.kind as MeasurementRow["kind"],
    target: row.target,
    asn: row.asn,
    ...place,
    body: publicBody(entryOf(row)),
  };
}
