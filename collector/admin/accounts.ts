import { randomUUID } from "node:crypto";
import { CodedError } from "../../protocol/coded-error.ts";
import type { EpochMs } from "../analysis/types.ts";
import { newCode } from "../ingest/invite-code.ts";
import type { AccountTable, AdminTables, StoredAccount } from "../store/admin-tables.ts";
import { createAudit } from "./audit.ts";
import { newTotpSecret, totpAddress } from "./one-time-code.ts";
import { hashPassword } from "./password.ts";
import type { AdminRole } from "./roles.ts";

/** What a new or renewed account needs to sign in. It is told once and not kept in this form. */
export type Entrance = {
  readonly name: string;
  readonly password: string;
  readonly totp: string;
  readonly address: string;
};

type Where = Pick<AdminTables, "accounts" | "sessions" | "audit">;

/** Makes an account with a random password and a secret for one-time codes. Error: `failed` when the name is taken. */
export async function addAccount(
  tables: Where,
  { name, role }: { name: string; role: AdminRole },
  at: EpochMs,
): Promise<Entrance> {
  const { entrance, stored } = await newEntrance(name);
  const account = {
    id: randomUUID(),
    name,
    role,
    ...stored,
    totpStep: 0,
    failures: 0,
    retry: 0,
    created: at,
    disabled: null,
  };
  if (!(await tables.accounts.add(account))) throw new CodedError("failed", `There is an account '${name}' already.`);
  await createAudit(tables.audit, () => at).record({ by: null, act: "account added", subject: name, detail: role });
  return entrance;
}

/** Gives an account a new password and secret, and ends its sessions. Error: `failed` when there is none. */
export async function renewAccount(tables: Where, name: string, at: EpochMs): Promise<Entrance> {
  const { id } = await accountNamed(tables.accounts, name);
  const { entrance, stored } = await newEntrance(name);
  await tables.accounts.change(id, { ...stored, failures: 0, retry: 0, disabled: null });
  await tables.sessions.endOthers(id, null);
  await createAudit(tables.audit, () => at).record({
    by: null,
    act: "account changed",
    subject: name,
    detail: "renewed",
  });
  return entrance;
}

/** The account of a name. Error: `failed` when there is none. */
export async function accountNamed(accounts: AccountTable, name: string): Promise<StoredAccount> {
  const account = await accounts.byName(name);
  if (account === null) throw new CodedError("failed", `There is no account '${name}'.`);
  return account;
}

async function newEntrance(name: string): Promise<{ entrance: Entrance; stored: { password: string; totp: string } }> {
  const password = newCode();
  const totp = newTotpSecret();
  return {
    entrance: { name, password, totp, address: totpAddress(name, totp) },
    stored: { password: await hashPassword(password), totp },
  };
}
