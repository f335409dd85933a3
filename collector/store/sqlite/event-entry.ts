import type { EventEntry, EventEntryTable } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const SQL = {
  note: "INSERT INTO event_entry (event, entered, editor) VALUES (?, ?, ?) ON CONFLICT (event) DO NOTHING",
  of: "SELECT event, entered, editor FROM event_entry WHERE event IN (SELECT value FROM json_each(?))",
};

/** When events were first put on record here. */
export function eventEntryTable({ db, run }: Engine): EventEntryTable {
  const note = db.prepare<[string, number, string | null]>(SQL.note);
  const of = db.prepare<[string], EventEntry>(SQL.of);
  const noteAll = db.transaction((events: readonly string[], entered: number, editor: string | null) => {
    for (const event of events) note.run(event, entered, editor);
  });
  return {
    note: (events, entered, editor) => run(() => noteAll.immediate(events, entered, editor)),
    of: (events) => run(() => of.all(JSON.stringify(events))),
  };
}
