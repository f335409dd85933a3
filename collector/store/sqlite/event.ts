import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { WorldEvent } from "../../../protocol/event.ts";
import type { EventTable } from "../world-tables.ts";
import type { Engine } from "./engine.ts";

export const EVENT_SQL = {
  put: `INSERT INTO event (id, added, starts, ends, event) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET added = excluded.added, starts = excluded.starts, ends = excluded.ends,
      event = excluded.event WHERE excluded.event IS NOT event.event`,
  addKnown: "INSERT INTO event (id, added, starts, ends, event) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
  preloaded: "SELECT event FROM preloaded_event WHERE id = ?",
  setPreloaded:
    "INSERT INTO preloaded_event (id, event) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET event = excluded.event",
  byId: "SELECT event FROM event WHERE id = ?",
  remove: "DELETE FROM event WHERE id = ?",
  within: `SELECT event FROM event WHERE starts < ? AND coalesce(ends, starts) >= ? ORDER BY starts DESC, id DESC LIMIT ?`,
};

type Row = { event: string };

/** Rallies, elections and other events of the world outside. */
export function eventTable({ db, run }: Engine): EventTable {
  const put = db.prepare(EVENT_SQL.put);
  const within = db.prepare<[number, number, number], Row>(EVENT_SQL.within);
  const addKnown = db.prepare(EVENT_SQL.addKnown);
  const byId = db.prepare<[string], Row>(EVENT_SQL.byId);
  const remove = db.prepare<[string]>(EVENT_SQL.remove);
  const all = (statement: typeof put) =>
    db.transaction((events: readonly WorldEvent[], at: number) =>
      events.reduce((count, event) => {
        const end = event.end === null ? null : Date.parse(event.end);
        return count + statement.run(event.id, at, Date.parse(event.start), end, canonicalJson(event)).changes;
      }, 0),
    );
  const [putAll, addAll] = [all(put), all(addKnown)];
  const preloaded = db.prepare<[string], Row>(EVENT_SQL.preloaded);
  const setPreloaded = db.prepare(EVENT_SQL.setPreloaded);
  const preloadAll = db.transaction((events: readonly WorldEvent[], at: number) => {
    const untouched = events.filter(({ id }) => byId.get(id)?.event === preloaded.get(id)?.event);
    for (const event of events) setPreloaded.run(event.id, canonicalJson(event));
    return putAll(untouched, at);
  });
  return {
    put: (events, at) => run(() => putAll.immediate(events, at)),
    addKnown: (events, at) => run(() => addAll.immediate(events, at)),
    preload: (events, at) => run(() => preloadAll.immediate(events, at)),
    within: ({ from, to }, limit) => run(() => within.all(to, from, limit).map(parsed).reverse()),
    byId: (id) =>
      run(() => {
        const row = byId.get(id);
        return row === undefined ? null : parsed(row);
      }),
    remove: (id) => run(() => remove.run(id).changes > 0),
  };
}

function parsed({ event }: Row): WorldEvent {
  return WorldEvent.parse(JSON.parse(event));
}
