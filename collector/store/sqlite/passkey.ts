import type { PasskeyTable, StoredPasskey } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const COLUMNS = "id, account, label, public_key AS publicKey, counter, created, used";

const SQL = {
  add: `INSERT INTO passkey (id, account, label, public_key, counter, created, used)
    VALUES (@id, @account, @label, @publicKey, @counter, @created, @used)`,
  byId: `SELECT ${COLUMNS} FROM passkey WHERE id = ?`,
  of: `SELECT ${COLUMNS} FROM passkey WHERE account = ? ORDER BY created, id`,
  used: "UPDATE passkey SET counter = ?, used = ? WHERE id = ?",
  remove: "DELETE FROM passkey WHERE account = ? AND id = ?",
};

/** Public halves of passkeys. */
export function passkeyTable({ db, run }: Engine): PasskeyTable {
  const add = db.prepare<[object]>(SQL.add);
  const byId = db.prepare<[string], StoredPasskey>(SQL.byId);
  const of = db.prepare<[string], StoredPasskey>(SQL.of);
  const used = db.prepare<[number, number, string]>(SQL.used);
  const remove = db.prepare<[string, string]>(SQL.remove);
  return {
    add: (passkey) => run(() => void add.run({ ...passkey, publicKey: Buffer.from(passkey.publicKey) })),
    byId: (id) => run(() => byId.get(id) ?? null),
    of: (account) => run(() => of.all(account)),
    used: (id, counter, at) => run(() => void used.run(counter, at, id)),
    remove: (account, id) => run(() => remove.run(account, id).changes > 0),
  };
}
