import { readdirSync, readFileSync } from "node:fs";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Db } from "./database.ts";
import { logStored } from "./sqlite/log-writer.ts";
import { rebuildRollups } from "./sqlite/rebuild-rollups.ts";

/** What SQL alone cannot do, in the transaction of the migration of that number. */
const AFTERWARDS: Readonly<Record<number, (db: Db) => void>> = { 4: rebuildRollups, 7: logStored };

type Migration = { readonly version: number; readonly sql: string };

/**
 * Brings a database to the newest schema: each numbered file of migrations/ in a transaction of its own; the number
 * reached stands in `user_version`. Returns it. Error: `config` for a database of a newer Kuager.
 */
export function migrate(db: Db, migrations: readonly Migration[] = readMigrations()): number {
  const newest = migrations.at(-1)?.version ?? 0;
  const current = versionOf(db);
  if (current > newest)
    throw new CodedError(
      "config",
      `The database was written by a newer Kuager (schema ${current}, this one knows ${newest}). Update Kuager, or name another folder with --data.`,
    );
  for (const { version, sql } of migrations) {
    if (version <= current) continue;
    db.transaction(() => {
      // Another process may have been quicker while this one waited for the lock.
      if (versionOf(db) >= version) return;
      db.exec(sql);
      AFTERWARDS[version]?.(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
  return newest;
}

function versionOf(db: Db): number {
  return Number(db.pragma("user_version", { simple: true }));
}

function readMigrations(): Migration[] {
  const folder = new URL("./migrations/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 3)), sql: readFileSync(new URL(name, folder), "utf8") }));
}
