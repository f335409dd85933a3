import { existsSync } from "node:fs";
import { join } from "node:path";
import { CodedError } from "../../protocol/coded-error.ts";
import type { AdminTables } from "./admin-tables.ts";
import { type Db, openDatabase, stored } from "./database.ts";
import { migrate } from "./migrate.ts";
import { accountTable } from "./sqlite/account.ts";
import { alertTable, subscriptionTable } from "./sqlite/alert.ts";
import { auditTable } from "./sqlite/audit.ts";
import { dayTable } from "./sqlite/day-change.ts";
import { createEngine, type Engine } from "./sqlite/engine.ts";
import { entryTable } from "./sqlite/entry.ts";
import { eventTable } from "./sqlite/event.ts";
import { eventEntryTable } from "./sqlite/event-entry.ts";
import { gapTable } from "./sqlite/gap.ts";
import { incidentTable } from "./sqlite/incident.ts";
import { inviteTable } from "./sqlite/invite.ts";
import { legalTable } from "./sqlite/legal.ts";
import { logTable } from "./sqlite/log.ts";
import { outsideTable } from "./sqlite/outside.ts";
import { passkeyTable } from "./sqlite/passkey.ts";
import { dnsPresenceTable, presenceTable } from "./sqlite/presence.ts";
import { probeTable } from "./sqlite/probe.ts";
import { publicationTable } from "./sqlite/publication.ts";
import { registryTable } from "./sqlite/registry.ts";
import { reportTable } from "./sqlite/report.ts";
import { rollupTable } from "./sqlite/rollup.ts";
import { sessionTable } from "./sqlite/session.ts";
import { stateTable } from "./sqlite/state.ts";
import { statementTable } from "./sqlite/statement.ts";
import { verdictTable } from "./sqlite/verdict.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store of a collector in `folder` (made if missing), on SQLite, and brings its schema up to date.
 * Errors: `unavailable`, `cannot_write`, `io`, `config` (written by a newer Kuager).
 */
export async function openStore(folder: string): Promise<Store> {
  const file = join(folder, "collector.db");
  const db = await openDatabase(file);
  try {
    stored(file, () => migrate(db));
    return sqliteStore(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** {@link openStore} for commands that work on a collector that has run: `config` where there is none in `folder`. */
export async function openExistingStore(folder: string): Promise<Store> {
  if (!existsSync(join(folder, "collector.db")))
    throw new CodedError(
      "config",
      `There is no collector in ${folder}. Name its folder with --data, or start one: kuager collector serve --data DIR`,
    );
  return openStore(folder);
}

/** The store over an open database whose schema is up to date; `file` is named in messages. */
export function sqliteStore(db: Db, file: string): Store {
  const engine = createEngine(db, file);
  return {
    state: stateTable(engine),
    probes: probeTable(engine),
    invites: inviteTable(engine),
    entries: entryTable(engine),
    presence: presenceTable(engine),
    dnsPresence: dnsPresenceTable(engine),
    verdicts: verdictTable(engine),
    incidents: incidentTable(engine),
    publications: publicationTable(engine),
    legal: legalTable(engine),
    registry: registryTable(engine),
    statements: statementTable(engine),
    events: eventTable(engine),
    reports: reportTable(engine),
    gaps: gapTable(engine),
    log: logTable(engine),
    rollups: rollupTable(engine),
    days: dayTable(engine),
    admin: adminTables(engine),
    maintain: () =>
      engine.run(() => {
        // A bounded look is enough for good plans: 0.4 s on ten million rows.
        db.pragma("analysis_limit = 1000");
        db.exec("ANALYZE");
      }),
    close: async () => void db.close(),
  };
}

function adminTables(engine: Engine): AdminTables {
  return {
    accounts: accountTable(engine),
    passkeys: passkeyTable(engine),
    sessions: sessionTable(engine),
    audit: auditTable(engine),
    eventEntries: eventEntryTable(engine),
    subscriptions: subscriptionTable(engine),
    alerts: alertTable(engine),
    outside: outsideTable(engine),
  };
}
