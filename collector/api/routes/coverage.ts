import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { coverageCells } from "../coverage.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { coverageOf } from "../timeline-view.ts";
import type { CoverageCell, CoveragePoint } from "../types.ts";

const { from, to, region, asn, as_of } = PARAMETERS;
const CHOICE = { region, asn };
const DEFAULT_DAYS = 7;

type Cell = CoverageCell & { role: "witness" | "control" };

const CELL_COLUMNS = [
  { name: "role", of: (row: Cell) => row.role },
  { name: "region", of: (row: Cell) => row.region },
  { name: "asn", of: (row: Cell) => row.asn },
  { name: "access", of: (row: Cell) => row.access },
  { name: "known", of: (row: Cell) => row.known },
  { name: "present", of: (row: Cell) => row.present },
];

const SERIES_COLUMNS = [
  { name: "from", of: (row: CoveragePoint) => row.from },
  { name: "to", of: (row: CoveragePoint) => row.to },
  { name: "min", of: (row: CoveragePoint) => row.min },
  { name: "max", of: (row: CoveragePoint) => row.max },
  { name: "expected", of: (row: CoveragePoint) => row.expected },
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
      read: async (query) => ({ rows: await cells(reader, query) }),
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

async function cells(
  reader: Reader,
  query: { region?: string | undefined; asn?: number | undefined },
): Promise<Cell[]> {
  const probes = await reader.store.probes.all();
  const present = reader.present();
  return (["witness", "control"] as const)
    .flatMap((role) =>
      coverageCells(
        probes.filter((probe) => probe.role === role),
        present,
      ).map((cell) => ({ role, ...cell })),
    )
    .filter((cell) => query.region === undefined || cell.region === query.region)
    .filter((cell) => query.asn === undefined || cell.asn === query.asn);
}
