import type { Access, Role } from "../../../protocol/primitives.ts";
import type { Db } from "../database.ts";
import type { CellChoice, CellLabels, Dimension } from "../rollups.ts";

/** What a probe is counted under; null: unknown. */
export type CellParts = {
  readonly role: Role;
  readonly asn: number | null;
  readonly region: string | null;
  readonly access: Access | null;
};

const DIMENSIONS: readonly Dimension[] = ["asn", "region", "access"];

/** A row of the table: '' unknown, '*' the sum of all. */
export type CellRow = { cell: number; role: Role; asn: string; region: string; access: string };

const ALL = "*";

export const CELL_SQL = {
  find: "SELECT cell FROM cell WHERE role = ? AND asn = ? AND region = ? AND access = ?",
  add: "INSERT INTO cell (role, asn, region, access) VALUES (?, ?, ?, ?) RETURNING cell",
  get: "SELECT cell, role, asn, region, access FROM cell WHERE cell = ?",
  all: "SELECT cell, role, asn, region, access FROM cell ORDER BY cell",
  partsOf: "SELECT role, asn, region, access FROM probe WHERE id = ?",
};

export type CellTable = {
  /** The number of a cell, added when it is new. For use inside a transaction. */
  numberOf: (parts: CellParts) => number;
  /** What a probe counts under now; null for a probe that is not known. */
  partsOf: (probe: string) => CellParts | null;
  /** Finds the sums that a cell is part of, itself included, and adds those that are new; to be used in one transaction. */
  scopeFinder: () => (cell: number) => readonly number[];
  all: () => CellRow[];
};

/** Cells by what they stand for. Nothing is kept in memory: a transaction that fails takes its cells with it. */
export function cellTable(db: Db): CellTable {
  const find = db.prepare<string[], { cell: number }>(CELL_SQL.find);
  const add = db.prepare<string[], { cell: number }>(CELL_SQL.add);
  const get = db.prepare<[number], CellRow>(CELL_SQL.get);
  const all = db.prepare<[], CellRow>(CELL_SQL.all);
  const partsOf = db.prepare<[string], CellParts>(CELL_SQL.partsOf);
  const numberOf = (...texts: string[]) => (find.get(...texts) ?? add.get(...texts))?.cell ?? 0;
  return {
    numberOf: ({ role, asn, region, access }) => numberOf(role, textOf(asn), textOf(region), textOf(access)),
    partsOf: (probe) => partsOf.get(probe) ?? null,
    scopeFinder: () => {
      const known = new Map<number, readonly number[]>();
      return (cell) => {
        const row = known.has(cell) ? undefined : get.get(cell);
        const found = known.get(cell) ?? (row === undefined ? [] : scopesOf(row, numberOf));
        known.set(cell, found);
        return found;
      };
    },
    all: () => all.all(),
  };
}

function scopesOf(row: CellRow, numberOf: (...texts: string[]) => number): number[] {
  return SUBSETS.map((summed) =>
    numberOf(row.role, ...DIMENSIONS.map((dimension) => (summed.has(dimension) ? ALL : row[dimension]))),
  );
}

/** Every choice of dimensions to sum over. */
const SUBSETS = Array.from(
  { length: 2 ** DIMENSIONS.length },
  (_, bits): ReadonlySet<Dimension> => new Set(DIMENSIONS.filter((_dimension, at) => (bits >> at) % 2 === 1)),
);

function textOf(value: number | string | null): string {
  return value === null ? "" : String(value);
}

/** Whether a cell is the sum that is asked for: single in the dimensions of `by`, and in those that are chosen. */
export function isScope(row: CellRow, choice: CellChoice, by: readonly Dimension[]): boolean {
  return (
    row.role === choice.role &&
    DIMENSIONS.every((dimension) => {
      const chosen = choice[dimension];
      if (chosen !== null) return row[dimension] === String(chosen);
      return by.includes(dimension) ? row[dimension] !== ALL : row[dimension] === ALL;
    })
  );
}

/** Whether a single cell lies in a choice. */
export function isWithin(row: CellRow, choice: CellChoice): boolean {
  return (
    row.role === choice.role &&
    DIMENSIONS.every((dimension) => choice[dimension] === null || row[dimension] === String(choice[dimension]))
  );
}

/** What a cell stands for in the dimensions asked for. */
export function labelsOf(row: CellRow, by: readonly Dimension[]): CellLabels {
  return {
    ...(by.includes("asn") && { asn: row.asn === "" ? null : Number(row.asn) }),
    ...(by.includes("region") && { region: row.region === "" ? null : row.region }),
    ...(by.includes("access") && { access: row.access === "fixed" || row.access === "mobile" ? row.access : null }),
  };
}
