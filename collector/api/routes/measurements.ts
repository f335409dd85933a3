import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { MeasurementRow } from "../../store/store.ts";
import { entryOf } from "../../stored-items.ts";
import { utc } from "../../time.ts";
import { addListing } from "../listing.ts";
import { publicBody } from "../public-body.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { inPublicRegion, nextCursor, rowQuery } from "../row-query.ts";
import { type PublicRegion, publicRegions } from "../small-cells.ts";

const { from, to, as_of, region, asn, target, limit, cursor } = PARAMETERS;

/** A measurement as published: without chain, clock and boot, which would tie the days of one probe together. */
type Row = {
  record: string;
  probe: string;
  at: string;
  received: string;
  kind: string;
  target: string | null;
  asn: number | null;
  region: string | null;
  body: unknown;
};

const COLUMNS = [
  { name: "record", of: (row: Row) => row.record },
  { name: "probe", of: (row: Row) => row.probe },
  { name: "at", of: (row: Row) => row.at },
  { name: "received", of: (row: Row) => row.received },
  { name: "kind", of: (row: Row) => row.kind },
  { name: "target", of: (row: Row) => row.target },
  { name: "asn", of: (row: Row) => row.asn },
  { name: "region", of: (row: Row) => row.region },
  { name: "body", of: (row: Row) => JSON.stringify(row.body) },
];

/** `GET /api/v1/measurements`: raw measurements, newest first. `record` is the hash of the signed entry. */
export function addMeasurements(app: FastifyInstance, reader: Reader): void {
  addListing(app, reader, {
    name: "measurements",
    query: z.strictObject({ from, to, as_of, region, asn, target, limit, cursor }),
    columns: COLUMNS,
    read: async (query) => {
      const asked = rowQuery(query, reader.now());
      const regionOf = publicRegions(await reader.store.probes.all());
      const found = await reader.store.entries.measurements(asked);
      const next = nextCursor(found, asked.limit, ({ at, id }) => ({ at, id }));
      const rows = found.filter(inPublicRegion(query.region, regionOf)).map((row) => publicRow(reader, row, regionOf));
      return { rows, next, asOf: query.as_of ?? null };
    },
  });
}

function publicRow({ pseudonym }: Reader, row: MeasurementRow, regionOf: PublicRegion): Row {
  return {
    record: row.hash,
    probe: pseudonym(row.probe, row.at),
    at: utc(row.at),
    received: utc(row.received),
    kind: row.kind,
    target: row.target,
    asn: row.asn,
    region: regionOf(row.probe),
    body: publicBody(entryOf(row)),
  };
}
