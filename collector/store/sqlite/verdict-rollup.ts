import type { Db } from "../database.ts";
import { packWho, unpackWho, type Who } from "./who.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const GRAINS = [
  { table: "verdict_hour", ms: HOUR_MS },
  { table: "verdict_day", ms: DAY_MS },
] as const;

const sqlOf = (table: string) => ({
  get: `SELECT who FROM ${table} WHERE start = ? AND target = ? AND cell = ? AND code = ?`,
  put: `INSERT INTO ${table} (start, target, cell, code, n, who) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (start, target, cell, code) DO UPDATE SET n = excluded.n, who = excluded.who`,
  drop: `DELETE FROM ${table} WHERE start = ? AND target = ? AND cell = ? AND code = ?`,
});

export const VERDICT_ROLLUP_SQL = {
  hour: sqlOf("verdict_hour"),
  day: sqlOf("verdict_day"),
  findNumber: "SELECT number FROM probe_number WHERE probe = ?",
  addNumber: "INSERT INTO probe_number (probe) VALUES (?) RETURNING number",
};

/** A verdict as it is counted. */
export type Counted = {
  readonly probe: string;
  readonly target: string;
  readonly cell: number;
  readonly measured: number;
  readonly code: string;
};

/** Collects changes and writes each count once. For use inside the transaction that stores the verdicts. */
export type VerdictTally = {
  add: (verdict: Counted) => void;
  remove: (verdict: Counted) => void;
  write: () => void;
};

type Key = [start: number, target: string, cell: number, code: string];
type Change = { readonly key: Key; readonly by: Who };

/** Makes tallies over a database, one for each transaction. */
export function verdictTallies(db: Db): () => VerdictTally {
  const findNumber = db.prepare<[string], { number: number }>(VERDICT_ROLLUP_SQL.findNumber);
  const addNumber = db.prepare<[string], { number: number }>(VERDICT_ROLLUP_SQL.addNumber);
  const numberOf = (probe: string) => (findNumber.get(probe) ?? addNumber.get(probe))?.number ?? 0;
  const writers = GRAINS.map(({ table, ms }) => ({ ms, write: changeWriter(db, table) }));
  return () => {
    const numbers = new Map<string, number>();
    const changes = writers.map(() => new Map<string, Change>());
    const count = ({ probe, target, cell, measured, code }: Counted, one: 1 | -1) => {
      const number = numbers.get(probe) ?? numberOf(probe);
      numbers.set(probe, number);
      for (const [at, { ms }] of writers.entries()) {
        const key: Key = [Math.floor(measured / ms), target, cell, code];
        const name = key.join("\n");
        const change = changes[at]?.get(name) ?? { key, by: new Map() };
        change.by.set(number, (change.by.get(number) ?? 0) + one);
        changes[at]?.set(name, change);
      }
    };
    return {
      add: (verdict) => count(verdict, 1),
      remove: (verdict) => count(verdict, -1),
      write: () => {
        for (const [at, { write }] of writers.entries())
          for (const change of changes[at]?.values() ?? []) write(change);
      },
    };
  };
}

function changeWriter(db: Db, table: string): (change: Change) => void {
  const sql = sqlOf(table);
  const get = db.prepare<Key, { who: Uint8Array }>(sql.get);
  const put = db.prepare<[number, string, number, string, number, Uint8Array]>(sql.put);
  const drop = db.prepare<Key>(sql.drop);
  return ({ key, by }) => {
    const stored = get.get(...key);
    const who = stored === undefined ? new Map<number, number>() : unpackWho(stored.who);
    for (const [number, change] of by) {
      const count = (who.get(number) ?? 0) + change;
      if (count > 0) who.set(number, count);
      else who.delete(number);
    }
    const n = [...who.values()].reduce((sum, count) => sum + count, 0);
    if (n > 0) put.run(...key, n, packWho(who));
    else if (stored !== undefined) drop.run(...key);
  };
}
