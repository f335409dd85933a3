import { ALIVE_KEY } from "../keys.ts";
import type { PresenceRow, PresenceTable, Window } from "../store.ts";
import { cellTable } from "./cell.ts";
import type { Engine } from "./engine.ts";
import { presenceRollup } from "./presence-rollup.ts";

const presenceSql = (table: "presence" | "dns_presence") => ({
  open: `INSERT INTO ${table} (probe, from_at, to_at, cell) VALUES (?, ?, ?, ?) ON CONFLICT (probe, from_at) DO NOTHING`,
  beat: `UPDATE ${table} SET to_at = ? WHERE probe = ? AND received IS NULL`,
  close: `UPDATE ${table} SET to_at = ?, received = ? WHERE probe = ? AND received IS NULL`,
  firstEnd: `SELECT min(to_at) AS at FROM ${table} WHERE received IS NULL`,
  closeAll: `UPDATE ${table} SET received = ? WHERE received IS NULL`,
  stored: `SELECT to_at AS at FROM ${table} WHERE probe = ? AND from_at = ?`,
  addKnown: `INSERT INTO ${table} (probe, from_at, to_at, received, cell) VALUES (?, ?, ?, ?, ?)
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

/** Intervals during which a probe's beats arrived, and their rollup. An open row's last beat may be some seconds behind. */
export function presenceTable(engine: Engine): PresenceTable {
  return spanTable({ engine, sql: PRESENCE_SQL, recountAfter: presenceRollup(engine.db).recountAfter });
}

/** Intervals during which beats came over DNS alone: no presence, so they are in no rollup. */
export function dnsPresenceTable(engine: Engine): PresenceTable {
  return spanTable({ engine, sql: DNS_PRESENCE_SQL, recountAfter: (change) => void change() });
}

type Spans = {
  readonly engine: Engine;
  readonly sql: typeof PRESENCE_SQL;
  /** Makes a change, and counts anew what it touched. */
  readonly recountAfter: ReturnType<typeof presenceRollup>["recountAfter"];
};

function spanTable(spans: Spans): PresenceTable {
  const { engine, sql } = spans;
  const { db, run } = engine;
  const ended = db.prepare<[number, number], PresenceRow>(sql.ended);
  const running = db.prepare<[number], PresenceRow>(sql.running);
  return {
    ...liveChanges(spans),
    addKnown: archiveAdder(spans),
    within: ({ from, to }) =>
      run(() =>
        [...ended.all(from, to), ...running.all(to)].sort((a, b) => a.from - b.from || (a.probe < b.probe ? -1 : 1)),
      ),
  };
}

function liveChanges({
  engine: { db, run },
  sql,
  recountAfter,
}: Spans): Pick<PresenceTable, "open" | "beats" | "close" | "closeAll"> {
  const open = db.prepare(sql.open);
  const beat = db.prepare(sql.beat);
  const close = db.prepare(sql.close);
  const closeAll = db.prepare(sql.closeAll);
  const firstEnd = db.prepare<[], { at: number | null }>(sql.firstEnd);
  const alive = db.prepare(sql.alive);
  const cellOf = cellFinder(db);
  /** Until now an open row was there, so what is known of the time after its end changes too. */
  const changing = (work: () => number | null) =>
    db.transaction(() =>
      recountAfter(() => {
        const from = work();
        return from === null ? null : { from, to: Number.MAX_SAFE_INTEGER };
      }),
    );
  return {
    open: (probe, from) =>
      run(() => changing(() => (open.run(probe, from, from, cellOf(probe)).changes > 0 ? from : null)).immediate()),
    beats: (list, at) =>
      run(() =>
        changing(() => {
          for (const { probe, to } of list) beat.run(to, probe);
          alive.run(ALIVE_KEY, String(at));
          return null;
        }).immediate(),
      ),
    close: (list, received) =>
      run(() =>
        changing(() => {
          for (const { probe, to } of list) close.run(to, received, probe);
          return Math.min(...list.map(({ to }) => to));
        }).immediate(),
      ),
    closeAll: (received) =>
      run(() =>
        changing(() => {
          const first = firstEnd.get()?.at ?? null;
          closeAll.run(received);
          return first;
        }).immediate(),
      ),
  };
}

function archiveAdder({ engine: { db, run }, sql, recountAfter }: Spans): PresenceTable["addKnown"] {
  const addKnown = db.prepare(sql.addKnown);
  const stored = db.prepare<[string, number], { at: number }>(sql.stored);
  const cellOf = cellFinder(db);
  const addSome = db.transaction((rows: readonly PresenceRow[]) => {
    const touched: Window[] = [];
    recountAfter(() => {
      for (const { probe, from, to, received } of rows) {
        const before = stored.get(probe, from)?.at ?? from;
        const { changes } = addKnown.run(probe, from, to, received, cellOf(probe));
        if (changes > 0) touched.push({ from, to: Math.max(to, before) });
      }
      return { from: Math.min(...touched.map(({ from }) => from)), to: Math.max(...touched.map(({ to }) => to)) };
    });
    return touched.length;
  });
  return (rows) => run(() => addSome.immediate(rows));
}

/** The cell under which a probe counts now; null for one that is not known, which the table refuses. */
function cellFinder(db: Engine["db"]): (probe: string) => number | null {
  const cells = cellTable(db);
  return (probe) => {
    const parts = cells.partsOf(probe);
    return parts === null ? null : cells.numberOf(parts);
  };
}
