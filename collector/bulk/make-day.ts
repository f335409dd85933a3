import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { errorCode } from "../../protocol/coded-error.ts";
import { wordsIn } from "../api/columns.ts";
import { LICENSE, type Reader } from "../api/reader.ts";
import { snapshotOf } from "../api/snapshot.ts";
import { utc } from "../time.ts";
import { type BulkVersion, type DayManifest, readDay, writeDay } from "./manifest.ts";
import { eachTable } from "./tables.ts";
import { type WrittenFile, writeTable } from "./write-table.ts";

const DAY_MS = 86_400_000;
export const MAKING = ".making-";

export type DayParts = {
  readonly reader: Reader;
  /** Folder of all bulk files. */
  readonly folder: string;
  readonly day: string;
  /** What of the store it is made from. */
  readonly state: string;
  readonly signal: AbortSignal;
};

/**
 * Makes the files of one day as a new version, unless they would be the same as those of the newest: then only what they
 * were made from is noted. A version appears whole or not at all, however the process ends. Returns what was made.
 */
export async function makeDay({ reader, folder, day, state, signal }: DayParts): Promise<BulkVersion | null> {
  await mkdir(join(folder, day), { recursive: true, mode: 0o700 });
  const place = await mkdtemp(join(folder, day, MAKING));
  try {
    const written = await writeFiles(reader, { place, day, signal });
    const before = await readDay(folder, day);
    const [newest] = before?.versions ?? [];
    if (before !== null && newest !== undefined && sameRows(written, newest)) {
      await writeDay(folder, { ...before, state });
      return null;
    }
    return await publish({ folder, day, state, place, written, before, reader });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function writeFiles(
  reader: Reader,
  { place, day, signal }: { place: string; day: string; signal: AbortSignal },
): Promise<WrittenFile[]> {
  const { store } = reader;
  const from = Date.parse(day);
  const window = { from, to: from + DAY_MS };
  const asOf = snapshotOf(reader, Math.max(await store.verdicts.lastChange(), await store.incidents.lastChange()));
  const snapshot = { asOf, upTo: await store.entries.lastId() };
  const words = wordsIn(reader.catalogue, "en");
  const facts = { license: LICENSE, day, methodology_version: reader.rulesVersion };
  const written: WrittenFile[] = [];
  await eachTable(async (name, table) => {
    const pages = table.pages(reader, window, snapshot);
    written.push(...(await writeTable({ folder: place, name, table, pages, words, facts, signal })));
  });
  return written;
}

type Publishing = {
  readonly folder: string;
  readonly day: string;
  readonly state: string;
  readonly place: string;
  readonly written: readonly WrittenFile[];
  readonly before: DayManifest | null;
  readonly reader: Reader;
};

async function publish(parts: Publishing): Promise<BulkVersion | null> {
  const { folder, day, state, place, written, before, reader } = parts;
  const version = (before?.versions[0]?.version ?? 0) + 1;
  const made: BulkVersion = {
    version,
    made: utc(reader.now()),
    rules_version: reader.rulesVersion,
    files: written.map(({ file, ...rest }) => ({ path: `${day}/v${version}/${basename(file)}`, ...rest })),
  };
  try {
    await rename(place, join(folder, day, `v${version}`));
  } catch (error) {
    if (!/^(?:EEXIST|ENOTEMPTY)$/.test(errorCode(error) ?? "")) throw error;
    // Another process was quicker, or one died between the files and the manifest: files that no manifest names go.
    if ((await readDay(folder, day))?.versions[0]?.version === version) return null;
    await rm(join(folder, day, `v${version}`), { recursive: true, force: true });
    await rename(place, join(folder, day, `v${version}`));
  }
  await writeDay(folder, { day, state, versions: [made, ...(before?.versions ?? [])] });
  return made;
}

/** Files of Parquet say by which rules they were made; the rows themselves stand in the others. */
function sameRows(written: readonly WrittenFile[], { files }: BulkVersion): boolean {
  const rowsOf = (list: readonly { table: string; format: string; sha256: string }[]) =>
    list
      .filter(({ format }) => format === "ndjson")
      .map(({ table, sha256 }) => `${table} ${sha256}`)
      .join("\n");
  return rowsOf(written) === rowsOf(files);
}
