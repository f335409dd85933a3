import type { AuditRow, AuditTable } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

export const AUDIT_SQL = {
  last: "SELECT seq, text, hash FROM audit ORDER BY seq DESC LIMIT 1",
  add: "INSERT INTO audit (seq, text, hash) VALUES (@seq, @text, @hash)",
  before: "SELECT seq, text, hash FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?",
  after: "SELECT seq, text, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
};

/** The append-only log of what was done; the schema refuses changes. */
export function auditTable({ db, run }: Engine): AuditTable {
  const last = db.prepare<[], AuditRow>(AUDIT_SQL.last);
  const add = db.prepare<[object]>(AUDIT_SQL.add);
  const before = db.prepare<[number, number], AuditRow>(AUDIT_SQL.before);
  const after = db.prepare<[number, number], AuditRow>(AUDIT_SQL.after);
  const append = db.transaction((make: (before: AuditRow | null) => AuditRow) => {
    add.run(make(last.get() ?? null));
  });
  return {
    append: (make) => run(() => append.immediate(make)),
    before: (seq, limit) => run(() => before.all(seq, limit)),
    after: (seq, limit) => run(() => after.all(seq, limit)),
  };
}
