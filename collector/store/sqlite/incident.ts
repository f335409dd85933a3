import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { Incident } from "../../../protocol/incident.ts";
import { parseJson } from "../../../protocol/parse.ts";
import type { IncidentTable } from "../store.ts";
import type { Engine } from "./engine.ts";

/** An incident without an end touches every window after its start. */
const touches = "started < @to AND coalesce(ended, 9007199254740991) >= @from AND (@openOnly = 0 OR ended IS NULL)";

export const INCIDENT_SQL = {
  current: "SELECT revision, incident FROM incident WHERE id = ? ORDER BY revision DESC LIMIT 1",
  end: "UPDATE incident SET until = ? WHERE id = ? AND until IS NULL",
  add: `INSERT INTO incident (id, revision, stored, started, ended, incident) VALUES (?, ?, ?, ?, ?, ?)`,
  replace: "UPDATE incident SET started = ?, ended = ?, incident = ? WHERE id = ? AND revision = ? AND until IS NULL",
  list: `SELECT incident FROM incident WHERE until IS NULL AND ${touches}
    ORDER BY started DESC, id DESC LIMIT @limit`,
  listAsOf: `SELECT incident FROM incident WHERE stored <= @asOf AND (until IS NULL OR until > @asOf) AND ${touches}
    ORDER BY started DESC, id DESC LIMIT @limit`,
  idsSince: "SELECT id FROM incident WHERE until IS NULL AND started >= ? ORDER BY started, id",
};

type Revision = { revision: number; incident: string };

/** Incidents with their history: what was known when. */
export function incidentTable({ db, run }: Engine): IncidentTable {
  const listNow = db.prepare<[object], { incident: string }>(INCIDENT_SQL.list);
  const listAsOf = db.prepare<[object], { incident: string }>(INCIDENT_SQL.listAsOf);
  const idsSince = db.prepare<[number], { id: string }>(INCIDENT_SQL.idsSince);
  const end = db.prepare<[number, string]>(INCIDENT_SQL.end);
  const putOne = incidentPutter({ db, run });
  const putAll = db.transaction((incidents: readonly Incident[], at: number) => {
    for (const incident of incidents) putOne(incident, at);
  });
  const endAll = db.transaction((ids: readonly string[], at: number) => {
    for (const id of ids) end.run(at, id);
  });
  return {
    put: (incidents, at) => run(() => putAll.immediate(incidents, at)),
    withdraw: (ids, at) => run(() => endAll.immediate(ids, at)),
    list: ({ openOnly, ...query }) =>
      run(() => {
        const parameters = { ...query, openOnly: openOnly ? 1 : 0 };
        const statement = query.asOf === null ? listNow : listAsOf;
        return statement.all(parameters).flatMap(({ incident }) => readable(incident));
      }),
    idsSince: (from) => run(() => idsSince.all(from).map(({ id }) => id)),
  };
}

function incidentPutter({ db }: Engine): (incident: Incident, at: number) => void {
  const current = db.prepare<[string], Revision & { until: number | null }>(
    INCIDENT_SQL.current.replace("revision, incident", "revision, incident, until"),
  );
  const end = db.prepare(INCIDENT_SQL.end);
  const add = db.prepare(INCIDENT_SQL.add);
  const replace = db.prepare(INCIDENT_SQL.replace);
  return (incident, at) => {
    const text = canonicalJson(incident);
    const started = Date.parse(incident.start.earliest);
    const ended = incident.end === null ? null : Date.parse(incident.end.latest);
    const last = current.get(incident.id);
    if (last !== undefined && last.until === null) {
      if (last.incident === text) return;
      const before = readable(last.incident)[0];
      if (before !== undefined && substance(before) === substance(incident)) {
        replace.run(started, ended, text, incident.id, last.revision);
        return;
      }
      end.run(at, incident.id);
    }
    add.run(incident.id, (last?.revision ?? 0) + 1, at, started, ended, text);
  };
}

/** The incident of a stored text; none where it cannot be read any more: incidents are derived and found again. */
function readable(text: string): Incident[] {
  const parsed = parseJson(Incident, text);
  return parsed.ok ? [parsed.value] : [];
}

/** What a reader would call a change; counts that grow with every round are not. */
function substance({ witnesses: _w, measurements: _m, causes, ...rest }: Incident): string {
  return canonicalJson({ ...rest, causes: causes.map(({ cause, verdict }) => ({ cause, verdict })) });
}
