import { join } from "node:path";
import { type Db, openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { sqliteStore } from "../../../collector/store/open-store.ts";
import type { KnownProbe, Store } from "../../../collector/store/store.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

/** Does `work` with a store of its own that knows `probes`, and with the database under it. */
export async function withStore<T>(
  probes: readonly KnownProbe[],
  work: (store: Store, db: Db) => Promise<T>,
): Promise<T> {
  const folder = temporaryFolder();
  const file = join(folder.path, "collector.db");
  const db = await openDatabase(file);
  migrate(db);
  const store = sqliteStore(db, file);
  try {
    for (const probe of probes) await store.probes.addKnown(probe, null);
    return await work(store, db);
  } finally {
    await store.close();
    folder.remove();
  }
}
