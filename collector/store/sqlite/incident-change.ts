import { Incident } from "../../../protocol/incident.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { INCIDENTS_KEY } from "../keys.ts";
import type { IncidentChange } from "../store.ts";
import type { Engine } from "./engine.ts";

export const INCIDENT_CHANGE_SQL = {
  add: "INSERT INTO incident_change (id, revision, at, what) VALUES (@id, @revision, @at, @what)",
  withdraw: `INSERT INTO incident_change (id, revision, at, what)
    SELECT id, revision, @at, 'withdrawn' FROM incident WHERE id = @id AND until IS NULL`,
  end: "UPDATE incident SET until = ? WHERE id = ? AND until IS NULL",
  list: `SELECT c.number, c.at, c.what, i.incident FROM incident_change c
    JOIN incident i ON i.id = c.id AND i.revision = c.revision WHERE c.number > ? ORDER BY c.number LIMIT ?`,
  lastNumber: "SELECT coalesce(max(number), 0) AS number FROM incident_change",
  last: "SELECT value FROM state WHERE key = ?",
  touch: "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
};

type NewChange = { id: string; revision: number; at: number; what: IncidentChange["what"] };
type Row = Omit<IncidentChange, "incident"> & { incident: string };

/** The numbered changes of incidents, and when anything of them changed last. For use inside transactions. */
export function incidentChanges({ db }: Engine, read: (text: string) => Incident[]) {
  const add = db.prepare<[object]>(INCIDENT_CHANGE_SQL.add);
  const withdraw = db.prepare<[object]>(INCIDENT_CHANGE_SQL.withdraw);
  const end = db.prepare<[number, string]>(INCIDENT_CHANGE_SQL.end);
  const list = db.prepare<[number, number], Row>(INCIDENT_CHANGE_SQL.list);
  const lastNumber = db.prepare<[], { number: number }>(INCIDENT_CHANGE_SQL.lastNumber);
  const last = db.prepare<[string], { value: string }>(INCIDENT_CHANGE_SQL.last);
  const touch = db.prepare<[string, string]>(INCIDENT_CHANGE_SQL.touch);
  const lastChange = () => Number(last.get(INCIDENTS_KEY)?.value ?? 0);
  return {
    add: (change: NewChange) => void add.run(change),
    withdraw: (id: string, at: number) => {
      withdraw.run({ id, at });
      end.run(at, id);
    },
    list: (after: number, limit: number): IncidentChange[] =>
      list
        .all(after, limit)
        .flatMap(({ incident: text, ...change }) => read(text).map((incident) => ({ ...change, incident }))),
    lastNumber: () => lastNumber.get()?.number ?? 0,
    last: lastChange,
    touch: (at: number) => void touch.run(INCIDENTS_KEY, String(Math.max(at, lastChange()))),
  };
}

const KEPT_MAX = 2000;

/**
 * Reads stored incidents; none where the text cannot be read any more: they are derived and found again. What was read
 * is kept, since readers ask for the same ones again and again.
 */
export function createIncidentReader(): (text: string) => Incident[] {
  const kept = new Map<string, Incident>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return [known];
    const parsed = parseJson(Incident, text);
    if (!parsed.ok) return [];
    kept.set(text, parsed.value);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    return [parsed.value];
  };
}
