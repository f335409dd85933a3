import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addListing } from "../listing.ts";
import { PARAMETERS, several } from "../query.ts";
import type { Reader } from "../reader.ts";
import { countProbes, nextCursor, placesState, type RowsAsked, rowQuery } from "../row-query.ts";
import { MEASUREMENT_COLUMNS, MEASUREMENT_KINDS, MeasurementRow, measurementRow } from "../rows/measurement-row.ts";
import { publicCells } from "../small-cells.ts";

const { from, to, as_of, around, region, asn, access, target, category, code, limit, cursor } = PARAMETERS;
const kind = several(z.enum(MEASUREMENT_KINDS)).optional().describe("web, im or speed, apart by commas");

/** `GET /api/v1/measurements`: raw measurements, newest first. `record` is the hash of the signed entry. */
export function addMeasurements(app: FastifyInstance, reader: Reader): void {
  const { entries, probes } = reader.store;
  addListing(app, reader, {
    name: "measurements",
    about: {
      en: "Single measurements as they were received, newest first; without from, of the last seven days.",
      ru: "Отдельные измерения в том виде, в каком они получены, новые сначала; без from — за последние семь дней.",
      kk: "Жеке өлшемдер, қалай алынса солай, жаңасы алдымен; from берілмесе — соңғы жеті күннің өлшемдері.",
    },
    query: z.strictObject({
      ...{ from, to, as_of, around, region, asn, access, target, category, kind, code, limit, cursor },
    }),
    row: MeasurementRow,
    columns: MEASUREMENT_COLUMNS,
    example: "limit=1",
    state: async () => `${await entries.lastId()} ${placesState(await probes.all())}`,
    read: (query) => readMeasurements(reader, query),
  });
}

/** A page of public measurements. */
async function readMeasurements(reader: Reader, asked: RowsAsked) {
  const { entries, probes } = reader.store;
  const newest = { asOf: reader.now(), upTo: await entries.lastId() };
  const query = await rowQuery(reader, asked, newest, { byNetwork: true });
  const cellOf = publicCells(await probes.all(), reader);
  const found = await entries.measurements(query);
  const { pseudonym } = reader;
  const rows = found.rows.map((row) => measurementRow(row, { pseudonym, place: cellOf(row.probe) }));
  return {
    ...{ rows, next: nextCursor(found.next, query), asOf: query.asOf },
    coverage: { probes: countProbes(rows), band: null, samples: rows.length },
  };
}
