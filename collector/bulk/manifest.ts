import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Hex32, Utc } from "../../protocol/primitives.ts";

export const BULK_TABLES = ["measurements", "verdicts", "incidents", "coverage"] as const;
export type BulkTable = (typeof BULK_TABLES)[number];
export const BULK_FORMATS = { ndjson: "ndjson.gz", parquet: "parquet" } as const;
export type BulkFormat = keyof typeof BULK_FORMATS;

export const DAY = /^\d{4}-\d\d-\d\d$/;

/** One file of a day. */
export const BulkFile = z.strictObject({
  path: z.string().describe("address below /data/"),
  table: z.enum(BULK_TABLES),
  format: z.enum(["ndjson", "parquet"]).describe("NDJSON packed by gzip, or Parquet"),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: Hex32.describe("SHA-256 of the file"),
});
export type BulkFile = z.infer<typeof BulkFile>;

/** A day (UTC) as it was known when it was made. What stands under a version never changes. */
export const BulkVersion = z.strictObject({
  version: z.int().min(1),
  made: Utc,
  rules_version: z.string().describe("version of the rules by which was judged"),
  files: z.array(BulkFile),
});
export type BulkVersion = z.infer<typeof BulkVersion>;

/** What is kept beside a day's files: its versions, the newest first, and what of the store it was made from. */
const DayManifest = z.strictObject({
  day: z.string().regex(DAY),
  /** The store's count of changes of the day, incidents that touch it, and the rules: the same means nothing to make. */
  state: z.string().max(256),
  versions: z.array(BulkVersion).min(1),
});
export type DayManifest = z.infer<typeof DayManifest>;

/** The manifest of one day; null where it was never made. */
export async function readDay(folder: string, day: string): Promise<DayManifest | null> {
  const text = await readFile(join(folder, day, "manifest.json"), "utf8").catch(absent);
  const parsed = parseJson(DayManifest, text ?? "null");
  return parsed.ok ? parsed.value : null;
}

/** Writes the manifest of a day whole, or not at all. */
export async function writeDay(folder: string, manifest: DayManifest): Promise<void> {
  const file = join(folder, manifest.day, "manifest.json");
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
  await rename(fresh, file);
}

/** Days that were made, the newest first. */
export async function readDays(folder: string): Promise<DayManifest[]> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  const days = names
    .filter((name) => DAY.test(name))
    .sort()
    .reverse();
  const found = await Promise.all(days.map((day) => readDay(folder, day)));
  return found.filter((one) => one !== null);
}

/** Null where there is no such file or folder. */
function absent(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}
