import { GENESIS } from "../../../protocol/chain.ts";
import type { Access, Role } from "../../../protocol/primitives.ts";
import type { Invite, InviteTable } from "../store.ts";
import { type Engine, flag } from "./engine.ts";

const WEEK_MS = 7 * 86_400_000;

export const INVITE_SQL = {
  add: `INSERT INTO invite (hash, role, region, asn, access, own, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  recent: `SELECT hash, role, region, asn, access, own, created, expires, used, probe FROM invite
    WHERE expires > ? ORDER BY expires LIMIT 10000`,
  redeem: "UPDATE invite SET used = ?, probe = ? WHERE hash = ? AND used IS NULL AND expires > ?",
  enrol: `INSERT INTO probe (id, public_key, role, asn, region, access, own, consent, joined, changed, hash)
    SELECT ?, ?, role, asn, region, access, own, ?, ?, ?, '${GENESIS}' FROM invite WHERE hash = ?
    ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key, role = excluded.role, asn = excluded.asn,
      region = excluded.region, access = excluded.access, own = excluded.own, consent = excluded.consent,
      joined = excluded.joined, left_at = NULL, changed = excluded.changed`,
};

type InviteRow = Omit<Invite, "own" | "role" | "access"> & { role: Role; access: Access | null; own: 0 | 1 };

/** Invitations, known by the hash of their code only. */
export function inviteTable({ db, run }: Engine): InviteTable {
  const add = db.prepare(INVITE_SQL.add);
  const recent = db.prepare<[number], InviteRow>(INVITE_SQL.recent);
  const redeem = db.prepare(INVITE_SQL.redeem);
  const enrol = db.prepare(INVITE_SQL.enrol);
  const redeemOnce = db.transaction(
    (hash: string, probe: { id: string; publicKey: string; consent: string }, at: number) => {
      if (redeem.run(at, probe.id, hash, at).changes === 0) return false;
      enrol.run(probe.id, probe.publicKey, probe.consent, at, at, hash);
      return true;
    },
  );
  return {
    add: ({ hash, role, region, asn, access, own, created, expires }) =>
      run(() => void add.run(hash, role, region, asn, access, flag(own), created, expires)),
    recent: (at) => run(() => recent.all(at - WEEK_MS).map(({ own, ...row }) => ({ ...row, own: own === 1 }))),
    redeem: (hash, probe, at) => run(() => redeemOnce.immediate(hash, probe, at)),
  };
}
