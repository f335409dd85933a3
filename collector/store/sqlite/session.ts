import type { SessionTable, StoredSession } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const SQL = {
  add: "INSERT INTO session (hash, account, created, seen) VALUES (@hash, @account, @created, @seen)",
  byHash: "SELECT hash, account, created, seen FROM session WHERE hash = ?",
  seen: "UPDATE session SET seen = ? WHERE hash = ?",
  end: "DELETE FROM session WHERE hash = ?",
  endOthers: "DELETE FROM session WHERE account = ? AND hash IS NOT ?",
  forget: "DELETE FROM session WHERE created < ? OR seen < ?",
};

/** Signed-in browsers, known by the hash of their token. */
export function sessionTable({ db, run }: Engine): SessionTable {
  const add = db.prepare<[object]>(SQL.add);
  const byHash = db.prepare<[string], StoredSession>(SQL.byHash);
  const seen = db.prepare<[number, string]>(SQL.seen);
  const end = db.prepare<[string]>(SQL.end);
  const endOthers = db.prepare<[string, string | null]>(SQL.endOthers);
  const forget = db.prepare<[number, number]>(SQL.forget);
  return {
    add: (session) => run(() => void add.run(session)),
    byHash: (hash) => run(() => byHash.get(hash) ?? null),
    seen: (hash, at) => run(() => void seen.run(at, hash)),
    end: (hash) => run(() => void end.run(hash)),
    endOthers: (account, kept) => run(() => endOthers.run(account, kept).changes),
    forget: (createdBefore, seenBefore) => run(() => void forget.run(createdBefore, seenBefore)),
  };
}
