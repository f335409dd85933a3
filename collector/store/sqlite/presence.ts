import { ALIVE_KEY } from "../keys.ts";
import type { PresenceRow, PresenceTable } from "../store.ts";
import type { Engine } from "./engine.ts";

const presenceSql = (table: "presence" | "dns_presence") => ({
  open: `INSERT INTO ${table} (probe, from_at, to_at) VALUES (?, ?, ?) ON CONFLICT (probe, from_at) DO NOTHING`,
  beat: `UPDATE ${table} SET to_at = ? WHERE probe = ? AND received IS NULL`,
  close: `UPDATE ${table} SET to_at = ?, received = ? WHERE probe = ? AND received IS NULL`,
  closeAll: `UPDATE ${table} SET received = ? WHERE received IS NULL`,
  addKnown: `INSERT INTO ${table} (probe, from_at, to_at, received) VALUES (?, ?, ?, ?)
    ON CONFLICT (probe, from_at) DO UPDATE SET to_at = excluded.to_at, received = excluded.received
      WHERE excluded.received > received`,
  ended: `SELECT probe, from_at AS "from", to_at AS "to", received FROM ${table}
    WHERE to_at >= ? AND from_at < ? AND received IS NOT NULL`,
  running: `SELECT probe, from_at AS "from", to_at AS "to", received FROM ${table}
    WHERE received IS NULL AND from_at < ?`,
  alive: "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
export const PRESENCE_SQL = presenceSql("presence");
export const DNS_PRESENCE_SQL = presenceSql("dns_presence");

/** Intervals during which a probe's beats arrived. An open row's last beat may be some seconds behind. */
export function presenceTable({ db, run }: Engine, sql: typeof PRESENCE_SQL): PresenceTable {
  const open = db.prepare(sql.open);
  const beat = db.prepare(sql.beat);
  const close = db.prepare(sql.close);
  const closeAll = db.prepare(sql.closeAll);
  const addKnown = db.prepare(sql.addKnown);
  const alive = db.prepare(sql.alive);
  const ended = db.prepare<[number, number], PresenceRow>(sql.ended);
  const running = db.prepare<[number], PresenceRow>(sql.running);
  type Beats = readonly { probe: string; to: number }[];
  const beats = db.transaction((list: Beats, at: number) => {
    for (const { probe, to } of list) beat.run(to, probe);
    alive.run(ALIVE_KEY, String(at));
  });
  const closeSome = db.transaction((list: Beats, received: number) => {
    for (const { probe, to } of list) close.run(to, received, probe);
  });
  const addSome = db.transaction((rows: readonly PresenceRow[]) =>
    rows.reduce((count, { probe, from, to, received }) => count + addKnown.run(probe, from, to, received).changes, 0),
  );
  return {
    open: (probe, from) => run(() => void open.run(probe, from, from)),
    beats: (list, at) => run(() => beats.immediate(list, at)),
    close: (list, received) => run(() => closeSome.immediate(list, received)),
    closeAll: (received) => run(() => void closeAll.run(received)),
    addKnown: (rows) => run(() => addSome.immediate(rows)),
    within: ({ from, to }) =>
      run(() =>
        [...ended.all(from, to), ...running.all(to)].sort((a, b) => a.from - b.from || (a.probe < b.probe ? -1 : 1)),
      ),
  };
}
