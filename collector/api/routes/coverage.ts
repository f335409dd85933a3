import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Access, Asn, Place, Role } from "../../../protocol/primitives.ts";
import { placeCoverage } from "../answer-coverage.ts";
import { windowAsked } from "../around.ts";
import { type Column, localColumns } from "../columns.ts";
import { coverageCells } from "../coverage.ts";
import { coverageOf } from "../coverage-series.ts";
import { addListing } from "../listing.ts";
import { PARAMETERS } from "../query.ts";
import type { Reader } from "../reader.ts";
import { Gap, PresencePoint } from "../rows/presence-row.ts";
import { Band, type PublicCell, publicCell } from "../small-cells.ts";
import type { CoverageCell, CoveragePoint } from "../types.ts";

const { from, to, as_of, around, region, asn, access, role } = PARAMETERS;
const DEFAULT_DAYS = 7;

const CellRow = z.strictObject({
  role: Role,
  region: Place.nullable(),
  asn: Asn.nullable(),
  access: Access.nullable(),
  known: z.int().min(0).nullable().describe("joined and not left; null in a small cell"),
  present: z.int().min(0).nullable().describe("heard within three heartbeats; null in a small cell"),
  band: Band.nullable().describe("stands in place of both counts of a small cell, such as 1-2"),
});
const Count = z.strictObject({ known: z.int().min(0), present: z.int().min(0) });
const Totals = z.strictObject({ witnesses: Count, controls: Count });

const CELL_COLUMNS: readonly Column<PublicCell>[] = [
  { name: "role", about: "witness or control", of: (row) => row.role },
  { name: "region", about: "code of the region (ISO 3166-2), or of a country for controls", of: (row) => row.region },
  { name: "asn", type: "integer", unit: "AS number", about: "network", of: (row) => row.asn },
  { name: "access", about: "fixed or mobile", of: (row) => row.access },
  { name: "known", type: "integer", about: "joined and not left; empty in a small cell", of: (row) => row.known },
  { name: "present", type: "integer", about: "heard now; empty in a small cell", of: (row) => row.present },
  { name: "band", about: "such as 1-2, in place of both counts of a small cell", of: (row) => row.band },
  { name: "network_name", about: "name of the network", of: (row, words) => words.network(row.asn) },
  {
    name: "region_name",
    about: "name of the region in the language asked for",
    of: (row, words) => words.region(row.region),
  },
];

const SERIES_COLUMNS: readonly Column<CoveragePoint>[] = [
  { name: "from", type: "time", about: "beginning of the part", of: (row) => row.from },
  { name: "to", type: "time", about: "its end", of: (row) => row.to },
  { name: "min", type: "integer", about: "fewest present at once; empty: not known", of: (row) => row.min },
  { name: "max", type: "integer", about: "most present at once; empty: not known", of: (row) => row.max },
  { name: "expected", type: "integer", about: "joined, not left, and watched", of: (row) => row.expected },
  { name: "few", type: "flag", about: "too few probes to tell counts", of: (row) => row.few ?? false },
  ...localColumns<CoveragePoint>((row) => ({ at: row.from, region: null })),
];

const ABOUT_CELLS = {
  en: "How many probes of each network, region and access are known, and are heard now; never which.",
  ru: "Сколько зондов каждой сети, области и вида доступа известно и слышно сейчас; но никогда — какие.",
  kk: "Әр желі, өңір және қосылу түрі бойынша қанша өлшегіш белгілі және қазір естіледі; қайсысы екені — ешқашан.",
};

/**
 * `GET /api/v1/coverage` and `/api/v1/probes`: how many probes of each network and region are known and beat now,
 * never which. `GET /api/v1/presence`: how many witnesses were present over time.
 */
export function addCoverage(app: FastifyInstance, reader: Reader): void {
  for (const [name, member] of [
    ["coverage", "cells"],
    ["probes", "probes"],
  ] as const)
    addListing(app, reader, {
      ...{ name, member, about: ABOUT_CELLS },
      query: z.strictObject({ region, asn, access, role }),
      row: CellRow,
      more: { totals: Totals.describe("of the whole country and abroad") },
      columns: CELL_COLUMNS,
      placesOf: (row) => (row.region === null ? [] : [row.region]),
      example: "role=witness",
      read: (query) => readCells(reader, query),
    });
  addListing(app, reader, {
    name: "presence",
    about: {
      en: "How many witnesses were present over time: fewest and most at once in each part; not known is not nothing.",
      ru: "Сколько свидетелей было на связи во времени: меньше всего и больше всего сразу в каждой части; «неизвестно» — не ноль.",
      kk: "Уақыт бойынша қанша куәгер байланыста болды: әр бөлікте бір мезгілде ең азы және ең көбі; «белгісіз» — нөл емес.",
    },
    query: z.strictObject({ from, to, as_of, around, region, asn, access }),
    row: PresencePoint,
    more: { gaps: z.array(Gap).describe("times in which the collector did not run") },
    columns: SERIES_COLUMNS,
    example: "from=2026-11-27&to=2026-11-28",
    read: async (query) => {
      const now = Math.min(query.as_of ?? Number.MAX_SAFE_INTEGER, reader.now());
      const window = await windowAsked(reader, query, now, DEFAULT_DAYS);
      const choice = { region: query.region ?? null, asn: query.asn ?? null, access: query.access ?? null };
      const { coverage, gaps } = await coverageOf(reader, { ...choice, ...window, to: Math.min(window.to, now) });
      const answer = await placeCoverage(reader, query, null);
      return { rows: coverage, more: { gaps }, asOf: query.as_of ?? null, coverage: answer };
    },
  });
}

type Choice = {
  readonly region?: string | undefined;
  readonly asn?: number | undefined;
  readonly access?: Access | undefined;
  readonly role?: Role | undefined;
};

/** Cells, and how many probes there are in the whole country and abroad. */
async function readCells(reader: Reader, choice: Choice) {
  const probes = await reader.store.probes.all();
  const present = reader.present();
  const ofRole = (one: Role) =>
    coverageCells(
      probes.filter((probe) => probe.role === one),
      present,
    ).map((cell) => ({ role: one, ...cell }));
  const [witnesses, controls] = [ofRole("witness"), ofRole("control")];
  const rows = [...witnesses, ...controls]
    .filter((cell) => choice.region === undefined || cell.region === choice.region)
    .filter((cell) => choice.asn === undefined || cell.asn === choice.asn)
    .filter((cell) => choice.access === undefined || cell.access === choice.access)
    .filter((cell) => choice.role === undefined || cell.role === choice.role)
    .map(publicCell);
  const totals = { witnesses: sumOf(witnesses), controls: sumOf(controls) };
  return { rows, more: { totals }, coverage: await placeCoverage(reader, choice, null) };
}

function sumOf(cells: readonly CoverageCell[]) {
  const sum = (count: (cell: CoverageCell) => number) => cells.reduce((total, cell) => total + count(cell), 0);
  return { known: sum(({ known }) => known), present: sum(({ present }) => present) };
}
