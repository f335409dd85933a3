import { canonicalJson } from "../../../protocol/canonical-json.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { IncidentChange, IncidentTable } from "../store.ts";
import type { Engine } from "./engine.ts";
import { createIncidentReader, incidentChanges } from "./incident-change.ts";

const DAY_MS = 86_400_000;

/** An incident without an end touches every window after its start. */
const touches = "started < @to AND coalesce(ended, 9007199254740991) >= @from AND (@openOnly = 0 OR ended IS NULL)";

export const INCIDENT_SQL = {
  current: "SELECT revision, incident, stored, until FROM incident WHERE id = ? ORDER BY revision DESC LIMIT 1",
  byId: `SELECT incident FROM incident WHERE id = @id AND stored <= @asOf AND (until IS NULL OR until > @asOf)
    ORDER BY revision DESC LIMIT 1`,
  end: "UPDATE incident SET until = ? WHERE id = ? AND until IS NULL",
  add: `INSERT INTO incident (id, revision, stored, started, ended, incident) VALUES (?, ?, ?, ?, ?, ?)`,
  replace: "UPDATE incident SET started = ?, ended = ?, incident = ? WHERE id = ? AND revision = ? AND until IS NULL",
  list: `SELECT incident FROM incident WHERE until IS NULL AND ${touches}
    ORDER BY started DESC, id DESC LIMIT @limit`,
  listAsOf: `SELECT incident FROM incident WHERE stored <= @asOf AND (until IS NULL OR until > @asOf) AND ${touches}
    ORDER BY started DESC, id DESC LIMIT @limit`,
  idsSince: "SELECT id FROM incident WHERE until IS NULL AND started >= ? ORDER BY started, id",
};

type Revision = { revision: number; incident: string; stored: number; until: number | null };
type Put = { readonly incident: Incident; readonly text: string; readonly at: number };

/** Incidents with their history: what was known when. */
export function incidentTable(engine: Engine): IncidentTable {
  const { db, run } = engine;
  const read = createIncidentReader();
  const listNow = db.prepare<[object], { incident: string }>(INCIDENT_SQL.list);
  const listAsOf = db.prepare<[object], { incident: string }>(INCIDENT_SQL.listAsOf);
  const byId = db.prepare<[object], { incident: string }>(INCIDENT_SQL.byId);
  const idsSince = db.prepare<[number], { id: string }>(INCIDENT_SQL.idsSince);
  const changes = incidentChanges(engine, read);
  const putOne = incidentPutter(engine, changes, read);
  const putAll = db.transaction((incidents: readonly Incident[], at: number) => {
    let changed = false;
    for (const incident of incidents) changed = putOne({ incident, text: canonicalJson(incident), at }) || changed;
    if (changed) changes.touch(at);
  });
  const endAll = db.transaction((ids: readonly string[], at: number) => {
    for (const id of ids) changes.withdraw(id, at);
    changes.touch(at);
  });
  return {
    put: (incidents, at) => run(() => putAll.immediate(incidents, at)),
    withdraw: (ids, at) => run(() => endAll.immediate(ids, at)),
    list: ({ openOnly, ...query }) =>
      run(() => {
        const parameters = { ...query, openOnly: openOnly ? 1 : 0 };
        const statement = query.asOf === null ? listNow : listAsOf;
        return statement.all(parameters).flatMap(({ incident }) => read(incident));
      }),
    byId: (id, asOf) =>
      run(() => read(byId.get({ id, asOf: asOf ?? Number.MAX_SAFE_INTEGER })?.incident ?? "")[0] ?? null),
    idsSince: (from) => run(() => idsSince.all(from).map(({ id }) => id)),
    lastChange: () => run(changes.last),
    changes: (after, limit) => run(() => changes.list(after, limit)),
    lastChangeNumber: () => run(changes.lastNumber),
  };
}

function incidentPutter(
  { db }: Engine,
  changes: ReturnType<typeof incidentChanges>,
  read: (text: string) => Incident[],
): (put: Put) => boolean {
  const newest = db.prepare<[string], Revision>(INCIDENT_SQL.current);
  const end = db.prepare(INCIDENT_SQL.end);
  const add = db.prepare(INCIDENT_SQL.add);
  const replace = db.prepare(INCIDENT_SQL.replace);
  return ({ incident, text, at }) => {
    const started = Date.parse(incident.start.earliest);
    const ended = incident.end === null ? null : Date.parse(incident.end.latest);
    const last = newest.get(incident.id);
    const before = last === undefined ? undefined : read(last.incident)[0];
    const current = last?.until === null;
    if (current && last.incident === text) return false;
    const same = current && before !== undefined && substance(before) === substance(incident);
    // As of a day that has ended, counts too must stay as they were.
    if (same && dayOf(last.stored) === dayOf(at)) {
      replace.run(started, ended, text, incident.id, last.revision);
      return true;
    }
    if (current) end.run(at, incident.id);
    const revision = (last?.revision ?? 0) + 1;
    add.run(incident.id, revision, at, started, ended, text);
    if (!same) changes.add({ id: incident.id, revision, at, what: whatChanged(before, incident) });
    return true;
  };
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

function whatChanged(before: Incident | undefined, now: Incident): IncidentChange["what"] {
  if (before === undefined) return "opened";
  return before.end === null && now.end !== null ? "closed" : "changed";
}

/** What a reader would call a change; counts that grow with every round are not. */
function substance({ witnesses: _w, measurements: _m, causes, ...rest }: Incident): string {
  return canonicalJson({ ...rest, causes: causes.map(({ cause, verdict }) => ({ cause, verdict })) });
}
