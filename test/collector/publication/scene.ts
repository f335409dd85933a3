import { join } from "node:path";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { sqliteStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

export const T0 = Date.parse("2026-03-01T00:00:00.000Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const SETTLE_MS = 15 * MINUTE;

/** RFC 3339 text of a moment after {@link T0}. */
export function at(afterMs: number): string {
  return new Date(T0 + afterMs).toISOString();
}

/** A block as the analysis would give it. */
export function block(id: string, startMs: number, more: Partial<Incident> = {}): Incident {
  return {
    ...{ id, kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198], regions: ["KZ-75"] },
    ...{ access: ["fixed"], start: { earliest: at(startMs), latest: at(startMs + MINUTE) }, end: null },
    ...{ detectedAt: at(startMs + 5 * MINUTE), confidence: "probable", witnesses: 3, measurements: 40, causes: [] },
    ...more,
  };
}

export type Desk = {
  readonly store: Store;
  readonly file: string;
  /** What the analysis holds from now on, all of it. */
  holds: (incidents: readonly Incident[], atMs: number) => Promise<void>;
  /** Publishes what is due; ids of the versions made. */
  settle: (atMs: number, settleMs?: number) => Promise<string[]>;
  close: () => Promise<void>;
};

/** A store with nothing in it, and the two sides that work on it. */
export async function openDesk(): Promise<Desk> {
  const folder = temporaryFolder();
  const file = join(folder.path, "collector.db");
  const db = await openDatabase(file);
  // A test asks for thousands of commits, and no power fails here.
  db.pragma("synchronous = OFF");
  migrate(db);
  const store = sqliteStore(db, file);
  return {
    store,
    file,
    holds: async (incidents, atMs) => {
      const ids = new Set(incidents.map(({ id }) => id));
      await store.incidents.put(incidents, T0 + atMs);
      const others = (await store.incidents.idsSince(0)).filter((id) => !ids.has(id));
      await store.incidents.withdraw(others, T0 + atMs);
    },
    settle: async (atMs, settleMs = SETTLE_MS) => {
      const { made } = await settlePublication(store, { at: T0 + atMs, rulesVersion: "test/1", settleMs });
      return made.map(({ number, version, change }) => `${number}-v${version} ${change}`);
    },
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}
