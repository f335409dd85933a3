import { z } from "zod";
import { Asn, RegionCode, Utc } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Column } from "../api/columns.ts";
import { coverageLanes, coverageOf } from "../api/coverage-series.ts";
import { incidentRows } from "../api/incident-rows.ts";
import type { Reader } from "../api/reader.ts";
import { INCIDENT_COLUMNS } from "../api/rows/incident-row.ts";
import { MEASUREMENT_COLUMNS, measurementRow } from "../api/rows/measurement-row.ts";
import { VERDICT_COLUMNS, verdictRow } from "../api/rows/verdict-row.ts";
import { publicCells } from "../api/small-cells.ts";
import type { Page, RowQuery, Window } from "../store/store.ts";
import type { BulkTable } from "./manifest.ts";

/** The state of knowledge that all files of one making share. */
export type BulkSnapshot = { readonly asOf: EpochMs; readonly upTo: number };

/** A table of one day: its rows, page by page, and the columns of its Parquet file. */
export type DayTable<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly pages: (reader: Reader, day: Window, snapshot: BulkSnapshot) => AsyncGenerator<readonly Row[]>;
};

const PAGE = 200;
const PARTS_A_DAY = 288;

/** Witnesses present in five minutes: of the country, a region, a network, or a network in a region (null: all). */
export const CoverageRow = z.strictObject({
  from: Utc,
  to: Utc,
  region: RegionCode.nullable(),
  asn: Asn.nullable(),
  min: z.int().min(0).nullable(),
  max: z.int().min(0).nullable(),
  expected: z.int().min(0),
});
export type CoverageRow = z.infer<typeof CoverageRow>;

const COVERAGE_COLUMNS: readonly Column<CoverageRow>[] = [
  { name: "from", type: "time", about: "beginning of the five minutes", of: (row) => row.from },
  { name: "to", type: "time", about: "their end", of: (row) => row.to },
  { name: "region", about: "code of a region (ISO 3166-2); empty: all", of: (row) => row.region },
  { name: "asn", type: "integer", unit: "AS number", about: "network; empty: all", of: (row) => row.asn },
  { name: "min", type: "integer", about: "fewest witnesses at once; empty: not known", of: (row) => row.min },
  { name: "max", type: "integer", about: "most witnesses at once; empty: not known", of: (row) => row.max },
  { name: "expected", type: "integer", about: "joined, not left, and watched", of: (row) => row.expected },
];

const MEASUREMENTS = table(MEASUREMENT_COLUMNS, async function* (reader, day, snapshot) {
  const { entries, probes } = reader.store;
  const cellOf = publicCells(await probes.all(), reader);
  for await (const rows of storePages(entries.measurements, day, snapshot))
    yield rows.map((row) => measurementRow(row, { pseudonym: reader.pseudonym, place: cellOf(row.probe) }));
});

const VERDICTS = table(VERDICT_COLUMNS, async function* (reader, day, snapshot) {
  const { verdicts, probes } = reader.store;
  const cellOf = publicCells(await probes.all(), reader);
  for await (const rows of storePages(verdicts.list, day, { ...snapshot, upTo: Number.MAX_SAFE_INTEGER }))
    yield rows.map((row) => verdictRow(row, { pseudonym: reader.pseudonym, place: cellOf(row.probe) }));
});

const INCIDENTS = table(INCIDENT_COLUMNS, async function* (reader, day, { asOf }) {
  yield incidentRows(reader, { ...day, asOf, openOnly: false });
});

const COVERAGE = table(COVERAGE_COLUMNS, async function* (reader, day) {
  const choice = { ...day, region: null, asn: null, partsMax: PARTS_A_DAY };
  const { coverage } = await coverageOf(reader, choice);
  yield coverage.map(({ from, to, min, max, expected }) => ({ from, to, region: null, asn: null, min, max, expected }));
  // Places of too few probes have no rows at all.
  for (const lane of (await coverageLanes(reader, choice)).filter(({ few }) => few !== true))
    yield coverage.map(({ from, to }, at) => ({
      ...{ from, to, region: lane.region, asn: lane.asn },
      ...{ min: lane.min[at] ?? null, max: lane.max[at] ?? null, expected: lane.expected[at] ?? 0 },
    }));
});

/** Hands each table of a day to `visit`, which takes rows of any kind. */
export function eachTable(visit: <Row>(name: BulkTable, one: DayTable<Row>) => Promise<void>): Promise<void> {
  return [
    () => visit("measurements", MEASUREMENTS),
    () => visit("verdicts", VERDICTS),
    () => visit("incidents", INCIDENTS),
    () => visit("coverage", COVERAGE),
  ].reduce((before, next) => before.then(next), Promise.resolve());
}

/** The columns of each table's Parquet file, for the data dictionary. */
export const BULK_COLUMNS = {
  measurements: MEASUREMENT_COLUMNS,
  verdicts: VERDICT_COLUMNS,
  incidents: INCIDENT_COLUMNS,
  coverage: COVERAGE_COLUMNS,
};

function table<Row>(columns: readonly Column<Row>[], pages: DayTable<Row>["pages"]): DayTable<Row> {
  return { columns, pages };
}

async function* storePages<Row>(
  read: (query: RowQuery) => Promise<Page<Row>>,
  day: Window,
  { asOf, upTo }: BulkSnapshot,
): AsyncGenerator<Row[]> {
  for (let after: RowQuery["after"] = null; ; ) {
    const { rows, next }: Page<Row> = await read({ ...day, target: null, asOf, upTo, after, limit: PAGE });
    yield rows;
    if (next === null) return;
    after = next;
  }
}
