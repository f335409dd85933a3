import { existsSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { SmallNetwork } from "./small-network.ts";

/** One entry as a database holds it, read from outside the program that wrote it. */
export type RecordRow = { seq: number; hash: string; text: string };

/** What the collector has stored, in order. */
export function storedRows(network: SmallNetwork | null): RecordRow[] {
  return rows(join(network?.collectorData ?? "", "collector.db"));
}

/** What the probe's journal still holds, in order. */
export function journalRows(network: SmallNetwork | null): RecordRow[] {
  return rows(join(network?.probeData ?? "", "journal.sqlite"));
}

export function lastSeq(found: readonly RecordRow[]): number {
  return found.at(-1)?.seq ?? 0;
}

function rows(file: string): RecordRow[] {
  if (!existsSync(file)) return [];
  const database = new Sqlite(file, { readonly: true, timeout: 5000 });
  try {
    return database.prepare<[], RecordRow>("SELECT seq, hash, text FROM entry ORDER BY seq").all();
  } finally {
    database.close();
  }
}
