import type { Column, ColumnType, Words } from "../columns.ts";

/** Rows encoded at once in a page of the API; larger files are written in groups by collector/bulk/. */
const BASIC = {
  text: "STRING",
  time: "TIMESTAMP",
  integer: "INT64",
  number: "DOUBLE",
  flag: "BOOLEAN",
  json: "STRING",
} as const satisfies Record<ColumnType, string>;

/** A column of Parquet, with the values of some rows. */
export type ParquetColumn = {
  readonly name: string;
  readonly type: (typeof BASIC)[ColumnType];
  readonly data: (string | boolean | number | bigint | Date | null)[];
  readonly nullable: true;
};

/** Rows as columns of Parquet. Formulas are no danger there: text stands as it is. */
export function parquetColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  words: Words,
): ParquetColumn[] {
  return columns.map(({ name, type = "text", of }) => ({
    name,
    type: BASIC[type],
    nullable: true,
    data: rows.map((row) => parquetValue(type, of(row, words))),
  }));
}

function parquetValue(type: ColumnType, cell: string | number | boolean | null): ParquetColumn["data"][number] {
  if (cell === null) return null;
  if (type === "time") return new Date(String(cell));
  if (type === "integer") return BigInt(Math.trunc(Number(cell)));
  if (type === "number") return Number(cell);
  if (type === "flag") return Boolean(cell);
  return String(cell);
}

/** A whole Parquet file of some rows; `facts` stand in its key-value metadata. */
export async function parquet<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  words: Words,
  facts: Readonly<Record<string, string>>,
): Promise<Buffer> {
  // Loaded when the first file is asked for: most collectors answer JSON and CSV all day.
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const kvMetadata = Object.entries(facts).map(([key, value]) => ({ key, value }));
  const bytes = parquetWriteBuffer({
    columnData: parquetColumns(columns, rows, words),
    kvMetadata,
    createdBy: "kuager",
  });
  return Buffer.from(bytes);
}
