import { Incident } from "../../../protocol/incident.ts";
import { parseJson } from "../../../protocol/parse.ts";
import type { AlertRow, AlertTable, NewAlert, SubscriptionRow, SubscriptionTable } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const COLUMNS = "id, subscription, incident, phase, state, key, message, created, due, tries, finished, problem";

export const ALERT_SQL = {
  add: `INSERT INTO alert (subscription, incident, phase, state, key, message, created, due, finished)
    VALUES (@subscription, @incident, @phase, @state, @key, @message, @at, @at, CASE @state WHEN 'sent' THEN @at END)
    ON CONFLICT (subscription, incident, phase) DO NOTHING`,
  waiting: "SELECT count(*) AS count FROM alert WHERE state = 'waiting'",
  has: "SELECT 1 FROM alert WHERE subscription = @subscription AND incident = @incident AND phase = @phase",
  due: `SELECT ${COLUMNS} FROM alert WHERE id IN (SELECT min(id) FROM alert WHERE state = 'waiting' GROUP BY subscription)
    AND due <= ? ORDER BY due, id`,
  sent: "UPDATE alert SET state = 'sent', tries = tries + 1, finished = ?, problem = NULL WHERE id = ?",
  failed: `UPDATE alert SET tries = tries + 1, problem = @problem, due = coalesce(@due, due),
    state = CASE WHEN @due IS NULL THEN 'dead' ELSE 'waiting' END, finished = CASE WHEN @due IS NULL THEN @at END
    WHERE id = @id`,
  revive: "UPDATE alert SET state = 'waiting', tries = 0, due = ?, finished = NULL WHERE id = ? AND state = 'dead'",
  ofIncidents: `SELECT subscription, incident, phase, state FROM alert
    WHERE incident IN (SELECT value FROM json_each(?)) LIMIT 100000`,
  unended: `SELECT DISTINCT incident FROM alert AS began WHERE phase = 'start' AND NOT EXISTS (SELECT 1 FROM alert AS ended
    WHERE ended.subscription = began.subscription AND ended.incident = began.incident AND ended.phase = 'end')`,
  known: `SELECT incident, until IS NULL AS current, (SELECT min(stored) FROM incident WHERE id = last.id) AS firstStored
    FROM incident AS last WHERE id = ? ORDER BY revision DESC LIMIT 1`,
  counts: "SELECT state, count(*) AS count FROM alert GROUP BY state",
  recent: `SELECT ${COLUMNS} FROM alert ORDER BY id DESC LIMIT ?`,
  forget: "DELETE FROM alert WHERE finished < ? AND state <> 'waiting'",
};

const SUBSCRIPTION_SQL = {
  add: "INSERT INTO alert_subscription (id, created, subscription) VALUES (@id, @created, @subscription)",
  all: "SELECT id, created, subscription FROM alert_subscription ORDER BY created, id",
  remove: "DELETE FROM alert_subscription WHERE id = ?",
};

/** Who is told of incidents. */
export function subscriptionTable({ db, run }: Engine): SubscriptionTable {
  const add = db.prepare<[object]>(SUBSCRIPTION_SQL.add);
  const all = db.prepare<[], SubscriptionRow>(SUBSCRIPTION_SQL.all);
  const remove = db.prepare<[string]>(SUBSCRIPTION_SQL.remove);
  return {
    add: (row) => run(() => void add.run(row)),
    all: () => run(() => all.all()),
    remove: (id) => run(() => remove.run(id).changes > 0),
  };
}

/** The outbox of alerts. */
export function alertTable({ db, run }: Engine): AlertTable {
  const add = alertAdder({ db, run });
  const due = db.prepare<[number], AlertRow>(ALERT_SQL.due);
  const sent = db.prepare<[number, number]>(ALERT_SQL.sent);
  const failed = db.prepare<[object]>(ALERT_SQL.failed);
  const revive = db.prepare<[number, number]>(ALERT_SQL.revive);
  const ofIncidents = db.prepare<[string], Pick<AlertRow, "subscription" | "incident" | "phase" | "state">>(
    ALERT_SQL.ofIncidents,
  );
  const unended = db.prepare<[], { incident: string }>(ALERT_SQL.unended);
  const known = db.prepare<[string], { incident: string; current: 0 | 1; firstStored: number }>(ALERT_SQL.known);
  const counts = db.prepare<[], { state: AlertRow["state"]; count: number }>(ALERT_SQL.counts);
  const recent = db.prepare<[number], AlertRow>(ALERT_SQL.recent);
  const forget = db.prepare<[number]>(ALERT_SQL.forget);
  return {
    add: (alerts, at, bound) => run(() => add(alerts, at, bound)),
    due: (at) => run(() => due.all(at)),
    sent: (id, at) => run(() => void sent.run(at, id)),
    failed: (id, problem, at, next) => run(() => void failed.run({ id, problem, at, due: next })),
    revive: (id, at) => run(() => revive.run(at, id).changes > 0),
    ofIncidents: (incidents) => run(() => ofIncidents.all(JSON.stringify(incidents))),
    unended: () => run(() => unended.all().map(({ incident }) => incident)),
    known: (id) =>
      run(() => {
        const row = known.get(id);
        const parsed = parseJson(Incident, row?.incident ?? "");
        if (row === undefined || !parsed.ok) return null;
        return { incident: parsed.value, firstStored: row.firstStored, current: row.current === 1 };
      }),
    counts: () =>
      run(() => ({
        ...{ waiting: 0, sent: 0, dead: 0 },
        ...Object.fromEntries(counts.all().map(({ state, count }) => [state, count])),
      })),
    recent: (limit) => run(() => recent.all(limit)),
    forget: (before) => run(() => void forget.run(before)),
  };
}

function alertAdder({ db }: Engine) {
  const add = db.prepare<[object]>(ALERT_SQL.add);
  const waiting = db.prepare<[], { count: number }>(ALERT_SQL.waiting);
  const has = db.prepare<[object], object>(ALERT_SQL.has);
  const addAll = db.transaction((alerts: readonly NewAlert[], at: number, bound: number) => {
    let room = bound - (waiting.get()?.count ?? 0);
    let refused = 0;
    for (const alert of alerts) {
      if (has.get(alert) !== undefined) continue;
      const waits = alert.state === "waiting";
      if (waits && room <= 0) {
        refused += 1;
        continue;
      }
      add.run({ ...alert, at });
      if (waits) room -= 1;
    }
    return refused;
  });
  return (alerts: readonly NewAlert[], at: number, bound: number) => addAll.immediate(alerts, at, bound);
}
