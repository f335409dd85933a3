import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { finished, pipeline } from "node:stream/promises";
import { setImmediate as breathe } from "node:timers/promises";
import { createGzip } from "node:zlib";
import type { Words } from "../api/columns.ts";
import { parquetColumns } from "../api/formats/parquet.ts";
import { BULK_FORMATS, type BulkFile, type BulkTable } from "./manifest.ts";
import type { DayTable } from "./tables.ts";

/** Rows of one group of a Parquet file: what is held at once. */
const GROUP = 2000;

export type TableParts<Row> = {
  readonly folder: string;
  readonly name: BulkTable;
  readonly table: Pick<DayTable<Row>, "columns">;
  readonly pages: AsyncIterable<readonly Row[]>;
  readonly words: Words;
  /** What stands in the metadata of Parquet files. */
  readonly facts: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

export type WrittenFile = Omit<BulkFile, "path"> & { readonly file: string };

/**
 * Writes a table as NDJSON (gzip) and as Parquet into a folder, in one pass, a page at a time, so that others get their
 * turn between. Same rows give same bytes. Throws what the disk throws, and the reason of the signal.
 */
export async function writeTable<Row>(parts: TableParts<Row>): Promise<WrittenFile[]> {
  const { folder, name, pages, signal } = parts;
  const ndjson = await ndjsonWriter(join(folder, `${name}.${BULK_FORMATS.ndjson}`));
  const parquet = await parquetWriter(join(folder, `${name}.${BULK_FORMATS.parquet}`), parts);
  let rows = 0;
  try {
    for await (const page of pages) {
      signal.throwIfAborted();
      rows += page.length;
      await ndjson.add(page);
      parquet.add(page);
      await breathe();
    }
    await ndjson.end();
    parquet.end();
  } catch (error) {
    ndjson.drop();
    throw error;
  }
  return Promise.all([describe(ndjson.file, name, "ndjson", rows), describe(parquet.file, name, "parquet", rows)]);
}

async function ndjsonWriter(file: string) {
  const zip = createGzip();
  const out = createWriteStream(file, { mode: 0o600 });
  const ended = pipeline(zip, out);
  // Told when it is waited for.
  ended.catch(() => undefined);
  await Promise.race([once(out, "open"), ended]);
  return {
    file,
    add: async (rows: readonly unknown[]) => {
      if (zip.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""))) return;
      await Promise.race([once(zip, "drain"), ended]);
    },
    end: async () => {
      zip.end();
      await ended;
      await finished(out).catch(() => undefined);
    },
    drop: () => zip.destroy(),
  };
}

async function parquetWriter<Row>(file: string, { table, words, facts }: TableParts<Row>) {
  // Loaded for the first file: a collector that makes none need not have it.
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import("hyparquet-writer");
  const schema = schemaFromColumnData({ columnData: parquetColumns(table.columns, [], words) });
  const kvMetadata = Object.entries(facts).map(([key, value]) => ({ key, value }));
  const writer = new ParquetWriter({ writer: fileWriter(file), schema, kvMetadata, createdBy: "kuager" });
  let waiting: Row[] = [];
  const flush = (rows: readonly Row[]) => {
    if (rows.length > 0)
      void writer.write({ columnData: parquetColumns(table.columns, rows, words), rowGroupSize: GROUP });
  };
  return {
    file,
    add: (rows: readonly Row[]) => {
      waiting.push(...rows);
      while (waiting.length >= GROUP) {
        flush(waiting.slice(0, GROUP));
        waiting = waiting.slice(GROUP);
      }
    },
    end: () => {
      flush(waiting);
      void writer.finish();
    },
  };
}

async function describe(
  file: string,
  table: BulkTable,
  format: BulkFile["format"],
  rows: number,
): Promise<WrittenFile> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { file, table, format, rows, bytes: (await stat(file)).size, sha256: hash.digest("hex") };
}
