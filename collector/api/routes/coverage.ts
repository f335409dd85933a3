import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { coverageCells } from "../coverage.ts";
import { coverageOf } from "../coverage-series.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { type PublicCell, publicCell } from "../small-cells.ts";
import type { CoverageCell, CoveragePoint } from "../types.ts";

const { from, to, region, asn, as_of } = PARAMETERS;
const CHOICE = { region, asn };
const DEFAULT_DAYS = 7;

const CELL_COLUMNS = [
  { name: "role", of: (row: PublicCell) => row.role },
  { name: "region", of: (row: PublicCell) => row.region },
  { name: "asn", of: (row: PublicCell) => row.asn },
  { name: "access", of: (row: PublicCell) => row.access },
  { name: "known", of: (row: PublicCell) => row.known },
  { name: "present", of: (row: PublicCell) => row.present },
  { name: "band", of: (row: PublicCell) => row.band },
];

const SERIES_COLUMNS = [
  { name: "from", of: (row: CoveragePoint) => row.from },
  { name: "to", of: (row: CoveragePoint) => row.to },
  { name: "min", of: (row: CoveragePoint) => row.min },
  { name: "max", of: (row: CoveragePoint) => row.max },
  { name: "expected", of: (row: CoveragePoint) => row.expected },
  { name: "few", of: (row: CoveragePoint) => row.few ?? false },
];

/**
 * `GET /api/v1/coverage` and `/api/v1/probes`: how many probes of each network and region are known and beat now,
 * never which. `GET /api/v1/presence`: how many witnesses were present over time.
 */
export function addCoverage(app: FastifyInstance, reader: Reader): void {
  for (const name of ["coverage", "probes"])
    addListing(app, reader, {
      name,
      query: z.strictObject(CHOICE),
      columns: CELL_COLUMNS,
      read: (query) => readCells(reader, query),
    });
  addListing(app, reader, {
    name: "presence",
    query: z.strictObject({ ...CHOICE, from, to, as_of }),
    columns: SERIES_COLUMNS,
    read: async (query) => {
      const now = Math.min(query.as_of ?? Number.MAX_SAFE_INTEGER, reader.now());
      const window = windowOf(query, now, DEFAULT_DAYS);
      const choice = { region: query.region ?? null, asn: query.asn ?? null };
      const { coverage, gaps } = await coverageOf(reader, {
        ...choice,
        from: window.from,
        to: Math.min(window.to, now),
      });
      return { rows: coverage, more: { gaps }, asOf: query.as_of ?? null };
    },
  });
}

type Choice = { region?: string | undefined; asn?: number | undefined };

/** Cells, and how many probes there are in the whole country and abroad. */
async function readCells(reader: Reader, { region, asn }: Choice) {
  const probes = await reader.store.probes.all();
  const present = reader.present();
  const ofRole = (role: "witness" | "control") =>
    coverageCells(
      probes.filter((probe) => probe.role === role),
      present,
    ).map((cell) => ({ role, ...cell }));
  const [witnesses, controls] = [ofRole("witness"), ofRole("control")];
  const rows = [...witnesses, ...controls]
    .filter((cell) => region === undefined || cell.region === region)
    .filter((cell) => asn === undefined || cell.asn === asn)
    .map(publicCell);
  return { rows, more: { totals: { witnesses: sumOf(witnesses), controls: sumOf(controls) } } };
}

function sumOf(cells: readonly CoverageCell[]) {
  const sum = (count: (cell: CoverageCell) => number) => cells.reduce((total, cell) => total + count(cell), 0);
  return { known: sum(({ known }) => known), present: sum(({ present }) => present) };
}
