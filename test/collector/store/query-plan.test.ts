import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { ENTRY_SQL } from "../../../collector/store/sqlite/entry.ts";
import { EVENT_SQL } from "../../../collector/store/sqlite/event.ts";
import { GAP_SQL } from "../../../collector/store/sqlite/gap.ts";
import { INCIDENT_SQL } from "../../../collector/store/sqlite/incident.ts";
import { INVITE_SQL } from "../../../collector/store/sqlite/invite.ts";
import { LATEST_SQL } from "../../../collector/store/sqlite/latest.ts";
import { LOG_READ_SQL } from "../../../collector/store/sqlite/log.ts";
import { CHUNK_SQL } from "../../../collector/store/sqlite/log-chunks.ts";
import { WITNESS_SQL } from "../../../collector/store/sqlite/log-witness.ts";
import { LOG_SQL } from "../../../collector/store/sqlite/log-writer.ts";
import { PRESENCE_SQL } from "../../../collector/store/sqlite/presence.ts";
import { PROBE_SQL } from "../../../collector/store/sqlite/probe.ts";
import { SIGNATURE_SQL } from "../../../collector/store/sqlite/signature.ts";
import { VERDICT_SQL } from "../../../collector/store/sqlite/verdict.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const folder = temporaryFolder();
let db: Db;
beforeAll(async () => {
  db = await openDatabase(join(folder.path, "plan.db"));
  migrate(db);
});
afterAll(() => {
  db.close();
  folder.remove();
});

/** Every query whose table grows without end. Reading all probes is no fault: they are few and all are wanted. */
const HOT: Record<string, Record<string, string>> = {
  entry: {
    hashAt: ENTRY_SQL.hashAt,
    inOrder: ENTRY_SQL.inOrder,
    measurements: ENTRY_SQL.measurements,
    measurementsOf: ENTRY_SQL.measurementsOf,
    latestLink: ENTRY_SQL.latestLink,
    following: ENTRY_SQL.following,
  },
  event: { within: EVENT_SQL.within },
  gap: { within: GAP_SQL.within },
  incident: {
    current: INCIDENT_SQL.current,
    list: INCIDENT_SQL.list,
    listAsOf: INCIDENT_SQL.listAsOf,
    idsSince: INCIDENT_SQL.idsSince,
    end: INCIDENT_SQL.end,
  },
  invite: { recent: INVITE_SQL.recent, redeem: INVITE_SQL.redeem },
  latest: { since: LATEST_SQL.since },
  log: {
    between: CHUNK_SQL.between,
    runOf: CHUNK_SQL.runOf,
    nextRun: CHUNK_SQL.nextRun,
    nodes: LOG_SQL.nodes,
    checkpoints: LOG_READ_SQL.checkpoints,
    checkpointFrom: LOG_READ_SQL.checkpointFrom,
    cosignatures: WITNESS_SQL.cosignatures,
    cosignedSize: WITNESS_SQL.cosignedSize,
    stamps: WITNESS_SQL.stamps,
  },
  presence: {
    beat: PRESENCE_SQL.beat,
    close: PRESENCE_SQL.close,
    ended: PRESENCE_SQL.ended,
    running: PRESENCE_SQL.running,
  },
  probe: { byId: PROBE_SQL.byId, changedSince: PROBE_SQL.changedSince },
  signature: { of: SIGNATURE_SQL.of },
  verdict: { list: VERDICT_SQL.list, listOf: VERDICT_SQL.listOf },
};

const cases = Object.entries(HOT).flatMap(([table, queries]) =>
  Object.entries(queries).map(([name, sql]) => ({ table, name, sql })),
);

describe("the plan of a hot query", () => {
  test.each(cases)("$table.$name uses an index", ({ sql }) => {
    const statement = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
    const names = [...new Set(sql.match(/@\w+/g) ?? [])].map((name) => [name.slice(1), 1]);
    const count = sql.match(/\?/g)?.length ?? 0;
    const parameters = names.length > 0 ? [Object.fromEntries(names)] : Array.from({ length: count }, () => 1);
    const plan = statement.all(...parameters).map((line) => String((line as { detail: string }).detail));
    expect(plan.join("\n")).not.toMatch(/^SCAN \w+$/m);
    expect(plan.join("\n")).not.toContain("TEMP B-TREE FOR ORDER BY");
    expect(plan.join("\n")).toMatch(/USING (COVERING )?INDEX|USING (INTEGER )?PRIMARY KEY/);
  });
});
