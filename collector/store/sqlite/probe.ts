import { GENESIS } from "../../../protocol/chain.ts";
import type { Access, Role } from "../../../protocol/primitives.ts";
import type { ProbeTable, StoredProbe } from "../store.ts";
import type { Engine } from "./engine.ts";

const COLUMNS = `id, public_key AS publicKey, role, asn, region, access, own, consent, joined, left_at AS leftAt,
  revoked, software, seq, hash`;

export const PROBE_SQL = {
  byId: `SELECT ${COLUMNS} FROM probe WHERE id = ?`,
  all: `SELECT ${COLUMNS} FROM probe ORDER BY joined, id`,
  changedSince: `SELECT ${COLUMNS} FROM probe WHERE changed >= ? ORDER BY changed, id`,
  addKnown: `INSERT INTO probe (id, public_key, role, asn, region, access, joined, left_at, changed, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '${GENESIS}')
    ON CONFLICT (id) DO NOTHING`,
  addKey: "UPDATE probe SET public_key = ? WHERE id = ? AND public_key IS NULL AND ? IS NOT NULL",
  setSoftware: "UPDATE probe SET software = ? WHERE id = ? AND software IS NOT ?",
  revoke: "UPDATE probe SET revoked = 1, left_at = coalesce(left_at, ?), changed = ? WHERE id = ?",
  leave: `UPDATE probe SET left_at = @at, leave_said = @said
    WHERE id = @id AND left_at IS NULL AND joined < @said AND coalesce(leave_said, 0) < @said`,
  succeed: `INSERT INTO probe (id, public_key, role, asn, region, access, own, consent, joined, changed, hash)
    SELECT @id, @publicKey, role, asn, region, access, own, consent, @at, @changed, '${GENESIS}' FROM probe WHERE id = @old
    ON CONFLICT (id) DO NOTHING`,
  succeeded: "UPDATE probe SET left_at = coalesce(left_at, @at), changed = @changed WHERE id = @old",
  totals: "SELECT coalesce(sum(measurements), 0) AS measurements, max(measured) AS lastAt FROM probe",
};

type ProbeRow = {
  id: string;
  publicKey: string | null;
  role: Role;
  asn: number | null;
  region: string | null;
  access: Access | null;
  own: 0 | 1;
  consent: string | null;
  joined: number;
  leftAt: number | null;
  revoked: 0 | 1;
  software: string | null;
  seq: number;
  hash: string;
};

/** Probes that joined, by id. */
export function probeTable({ db, run }: Engine): ProbeTable {
  const byId = db.prepare<[string], ProbeRow>(PROBE_SQL.byId);
  const all = db.prepare<[], ProbeRow>(PROBE_SQL.all);
  const changedSince = db.prepare<[number], ProbeRow>(PROBE_SQL.changedSince);
  const addKnown = db.prepare(PROBE_SQL.addKnown);
  const addKey = db.prepare<[string | null, string, string | null]>(PROBE_SQL.addKey);
  const setSoftware = db.prepare<[string, string, string]>(PROBE_SQL.setSoftware);
  const revoke = db.prepare<[number, number, string]>(PROBE_SQL.revoke);
  const leave = db.prepare<[object]>(PROBE_SQL.leave);
  const succeed = db.prepare<[object]>(PROBE_SQL.succeed);
  const succeeded = db.prepare<[object]>(PROBE_SQL.succeeded);
  const succession = db.transaction((row: { old: string; at: number; changed: number }, next: object) => {
    succeed.run({ ...row, ...next });
    succeeded.run(row);
  });
  const totals = db.prepare<[], { measurements: number; lastAt: number | null }>(PROBE_SQL.totals);
  return {
    byId: (id) => run(() => fromRow(byId.get(id))),
    all: () => run(() => all.all().map(storedProbe)),
    changedSince: (at) => run(() => changedSince.all(at).map(storedProbe)),
    addKnown: (probe, publicKey) =>
      run(() => {
        const joined = probe.from === undefined ? 0 : Date.parse(probe.from);
        const left = probe.to === null || probe.to === undefined ? null : Date.parse(probe.to);
        const { id, role, asn, region, access } = probe;
        addKey.run(publicKey, id, publicKey);
        return addKnown.run(id, publicKey, role, asn, region, access, joined, left, Date.now()).changes > 0;
      }),
    setSoftware: (id, software) => run(() => void setSoftware.run(software, id, software)),
    revoke: (id, at) => run(() => revoke.run(at, at, id).changes > 0),
    leave: (id, said, at) => run(() => leave.run({ id, said, at }).changes > 0),
    succeed: (old, next, at) => run(() => void succession.immediate({ old, at, changed: Date.now() }, next)),
    totals: () => run(() => totals.get() ?? { measurements: 0, lastAt: null }),
  };
}

function fromRow(row: ProbeRow | undefined): StoredProbe | null {
  return row === undefined ? null : storedProbe(row);
}

function storedProbe({ own, leftAt, revoked, seq, hash, ...row }: ProbeRow): StoredProbe {
  return { ...row, own: own === 1, left: leftAt, revoked: revoked === 1, head: { seq, hash } };
}
