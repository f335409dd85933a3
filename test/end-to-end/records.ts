import { existsSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { openForReading } from "../../probe/journal/database.ts";
import { prepareRows } from "../../probe/journal/rows.ts";
import type { SmallNetwork } from "./small-network.ts";

/** One entry as a database holds it. */
export type RecordRow = { seq: number; hash: string; text: string };

/** What the collector has stored, in order. */
export function storedRows(network: SmallNetwork | null): RecordRow[] {
  return rows(join(network?.collectorData ?? "", "collector.db"));
}

/** What the probe's journal still holds, in order. */
export function journalRows(network: SmallNetwork | null): RecordRow[] {
  const database = openForReading(network?.probeData ?? "");
  if (database === null) return [];
  try {
    return [...prepareRows(database).after(0, Number.MAX_SAFE_INTEGER)];
  } finally {
    database.close();
  }
}

/** The same as the file holds it, packed or sealed. */
export function journalRowsAsKept(network: SmallNetwork | null): RecordRow[] {
  return rows(join(network?.probeData ?? "", "journal.sqlite"));
}

/** What the collector has stored of one probe, in order. */
export function storedOf(network: SmallNetwork | null, probe: string): RecordRow[] {
  return ask<RecordRow>(network, "SELECT seq, hash, text FROM entry WHERE probe = ? ORDER BY seq", probe);
}

/** Every probe that the collector knows. */
export function storedProbes(
  network: SmallNetwork | null,
): { id: string; left: number | null; publicKey: string | null }[] {
  return ask(network, "SELECT id, left_at AS left, public_key AS publicKey FROM probe ORDER BY joined, id");
}

function ask<Found>(network: SmallNetwork | null, sql: string, ...values: string[]): Found[] {
  const database = new Sqlite(join(network?.collectorData ?? "", "collector.db"), { readonly: true, timeout: 5000 });
  try {
    return database.prepare<string[], Found>(sql).all(...values);
  } finally {
    database.close();
  }
}

/** Number of the newest entry that the collector has stored; cheap enough to be asked again and again. */
export function lastStored(network: SmallNetwork | null): number {
  return newest(join(network?.collectorData ?? "", "collector.db"));
}

/** Number of the newest entry in the probe's journal; cheap enough to be asked again and again. */
export function lastWritten(network: SmallNetwork | null): number {
  return newest(join(network?.probeData ?? "", "journal.sqlite"));
}

export function lastSeq(found: readonly RecordRow[]): number {
  return found.at(-1)?.seq ?? 0;
}

function rows(file: string): RecordRow[] {
  return lookInto(file, [], (database) =>
    database.prepare<[], RecordRow>("SELECT seq, hash, text FROM entry ORDER BY seq").all(),
  );
}

function newest(file: string): number {
  return lookInto(file, 0, (database) =>
    Number(database.prepare("SELECT coalesce(max(seq), 0) FROM entry").pluck().get()),
  );
}

/** What a file's entries say; `none` where there are none, as in a file that was made this moment and has no tables. */
function lookInto<Found>(file: string, none: Found, look: (database: Sqlite.Database) => Found): Found {
  if (!existsSync(file)) return none;
  const database = new Sqlite(file, { readonly: true, timeout: 5000 });
  try {
    const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").get() !== undefined;
    return made ? look(database) : none;
  } finally {
    database.close();
  }
}
