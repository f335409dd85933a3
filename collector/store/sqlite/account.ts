import type { AccountTable, StoredAccount } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const COLUMNS = "id, name, role, password, totp, totp_step AS totpStep, failures, retry, created, disabled";

const SQL = {
  add: `INSERT INTO account (id, name, role, password, totp, totp_step, failures, retry, created, disabled)
    VALUES (@id, @name, @role, @password, @totp, @totpStep, @failures, @retry, @created, @disabled)
    ON CONFLICT (name) DO NOTHING`,
  byName: `SELECT ${COLUMNS} FROM account WHERE name = ?`,
  byId: `SELECT ${COLUMNS} FROM account WHERE id = ?`,
  all: `SELECT ${COLUMNS} FROM account ORDER BY name`,
  change: `UPDATE account SET role = @role, password = @password, totp = @totp, failures = @failures, retry = @retry,
    disabled = @disabled WHERE id = @id`,
  useStep: "UPDATE account SET totp_step = @step WHERE id = @id AND totp_step < @step",
};

/** People who may sign in. */
export function accountTable({ db, run }: Engine): AccountTable {
  const add = db.prepare<[object]>(SQL.add);
  const byName = db.prepare<[string], StoredAccount>(SQL.byName);
  const byId = db.prepare<[string], StoredAccount>(SQL.byId);
  const all = db.prepare<[], StoredAccount>(SQL.all);
  const change = db.prepare<[object]>(SQL.change);
  const useStep = db.prepare<[object]>(SQL.useStep);
  const changeOne = db.transaction((id: string, wanted: Partial<StoredAccount>) => {
    const account = byId.get(id);
    if (account !== undefined) change.run({ ...account, ...wanted });
  });
  return {
    add: (account) => run(() => add.run(account).changes > 0),
    byName: (name) => run(() => byName.get(name) ?? null),
    byId: (id) => run(() => byId.get(id) ?? null),
    all: () => run(() => all.all()),
    change: (id, wanted) => run(() => changeOne.immediate(id, wanted)),
    useStep: (id, step) => run(() => useStep.run({ id, step }).changes > 0),
  };
}
