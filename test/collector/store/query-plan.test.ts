import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "../../../collector/store/database.ts";
import { migrate } from "../../../collector/store/migrate.ts";
import { ENTRY_SQL } from "../../../collector/store/sqlite/entry.ts";
import { EVENT_SQL } from "../../../collector/store/sqlite/event.ts";
import { GAP_SQL } from "../../../collector/store/sqlite/gap.ts";
import { INCIDENT_SQL } from "../../../collector/store/sqlite/incident.ts";
import { INCIDENT_CHANGE_SQL } from "../../../collector/store/sqlite/incident-change.ts";
import { INVITE_SQL } from "../../../collector/store/sqlite/invite.ts";
import { LATEST_SQL } from "../../../collector/store/sqlite/latest.ts";
import { LOG_READ_SQL } from "../../../collector/store/sqlite/log.ts";
import { CHUNK_SQL } from "../../../collector/store/sqlite/log-chunks.ts";
import { WITNESS_SQL } from "../../../collector/store/sqlite/log-witness.ts";
import { LOG_SQL } from "../../../collector/store/sqlite/log-writer.ts";
import { MEASUREMENT_SQL } from "../../../collector/store/sqlite/measurement.ts";
import { PRESENCE_SQL } from "../../../collector/store/sqlite/presence.ts";
import { PRESENCE_COUNTS_SQL } from "../../../collector/store/sqlite/presence-counts.ts";
import { PRESENCE_ROLLUP_SQL } from "../../../collector/store/sqlite/presence-rollup.ts";
import { PROBE_SQL } from "../../../collector/store/sqlite/probe.ts";
import { PUBLICATION_SQL } from "../../../collector/store/sqlite/publication.ts";
import { PUBLICATION_STATE_SQL } from "../../../collector/store/sqlite/publication-state.ts";
import { PUBLICATION_THEN_SQL } from "../../../collector/store/sqlite/publication-then.ts";
import { REPORT_SQL } from "../../../collector/store/sqlite/report.ts";
import { SIGNATURE_SQL } from "../../../collector/store/sqlite/signature.ts";
import { VERDICT_SQL } from "../../../collector/store/sqlite/verdict.ts";
import { VERDICT_COUNTS_SQL } from "../../../collector/store/sqlite/verdict-counts.ts";
import { VERDICT_LIST_SQL } from "../../../collector/store/sqlite/verdict-list.ts";
import { VERDICT_ROLLUP_SQL } from "../../../collector/store/sqlite/verdict-rollup.ts";
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
    latestLink: ENTRY_SQL.latestLink,
    following: ENTRY_SQL.following,
  },
  event: { within: EVENT_SQL.within, byId: EVENT_SQL.byId },
  gap: { within: GAP_SQL.within },
  incident: {
    current: INCIDENT_SQL.current,
    list: INCIDENT_SQL.list,
    listAsOf: INCIDENT_SQL.listAsOf,
    idsSince: INCIDENT_SQL.idsSince,
    byId: INCIDENT_SQL.byId,
    end: INCIDENT_SQL.end,
  },
  incidentChange: { list: INCIDENT_CHANGE_SQL.list, lastNumber: INCIDENT_CHANGE_SQL.lastNumber },
  invite: { recent: INVITE_SQL.recent, redeem: INVITE_SQL.redeem },
  latest: {
    since: LATEST_SQL.since,
    tallies: LATEST_SQL.tallies,
    talliesOfTarget: LATEST_SQL.talliesOfTarget,
  },
  measurement: { ...MEASUREMENT_SQL },
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
    stored: PRESENCE_SQL.stored,
    firstEnd: PRESENCE_SQL.firstEnd,
    lastEnd: PRESENCE_ROLLUP_SQL.lastEnd,
    endedSpans: PRESENCE_ROLLUP_SQL.ended,
    runningSpans: PRESENCE_ROLLUP_SQL.running,
    unwatched: PRESENCE_COUNTS_SQL.unwatched,
  },
  presenceCount: { lane: PRESENCE_COUNTS_SQL.lane, laneOf: PRESENCE_COUNTS_SQL.laneOf },
  publication: {
    versions: PUBLICATION_SQL.versions,
    version: PUBLICATION_SQL.version,
    leadsTo: PUBLICATION_SQL.leadsTo,
    recent: PUBLICATION_SQL.recent,
    actsOf: PUBLICATION_SQL.actsOf,
    current: PUBLICATION_STATE_SQL.current,
    membersOf: PUBLICATION_THEN_SQL.membersOf,
  },
  probe: { byId: PROBE_SQL.byId, changedSince: PROBE_SQL.changedSince },
  report: { last: REPORT_SQL.last, revisions: REPORT_SQL.revisions },
  signature: { of: SIGNATURE_SQL.of },
  verdict: { find: VERDICT_SQL.find, of: VERDICT_SQL.of },
  verdictList: { ...VERDICT_LIST_SQL },
  verdictHour: { ...VERDICT_COUNTS_SQL.hour, get: VERDICT_ROLLUP_SQL.hour.get },
  verdictDay: { ...VERDICT_COUNTS_SQL.day, get: VERDICT_ROLLUP_SQL.day.get },
};

const cases = Object.entries(HOT).flatMap(([table, queries]) =>
  Object.entries(queries).map(([name, sql]) => ({ table, name, sql })),
);

describe("the plan of a hot query", () => {
  test.each(cases)("$table $name uses an index", ({ sql }) => {
    const statement = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
    const names = [...new Set(sql.match(/@\w+/g) ?? [])].map((name) => [name.slice(1), 1]);
    const count = sql.match(/\?/g)?.length ?? 0;
    const parameters = names.length > 0 ? [Object.fromEntries(names)] : Array.from({ length: count }, () => 1);
    const plan = statement.all(...parameters).map((line) => String((line as { detail: string }).detail));
    expect(plan.join("\n")).not.toMatch(/^SCAN \w+$/m);
    expect(plan.join("\n")).not.toContain("TEMP B-TREE FOR ORDER BY");
    expect(plan.join("\n")).toMatch(/USING (COVERING )?INDEX|USING (INTEGER )?PRIMARY KEY|^SEARCH \w+$/m);
  });
});

test("which version of each number was the newest is read from an index alone, never from the texts", () => {
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${PUBLICATION_THEN_SQL.newest}`).all(1);
  expect(plan.map((line) => String((line as { detail: string }).detail))).toEqual([
    "SCAN publication_version USING COVERING INDEX publication_version_head",
  ]);
});
