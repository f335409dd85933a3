import pLimit from "p-limit";
import type { EpochMs } from "../analysis/types.ts";
import type { AccountTable, StoredAccount } from "../store/admin-tables.ts";
import { newTotpSecret, stepOfCode } from "./one-time-code.ts";
import { hashPassword, isPassword, type ScryptCost } from "./password.ts";
import type { Throttle } from "./throttle.ts";

export type SignIn =
  | { readonly ok: true; readonly account: StoredAccount }
  /** `account`: whose name was tried, if there is one; for the audit log, never for the answer. */
  | { readonly ok: false; readonly waitS: number; readonly account: StoredAccount | null };

export type Credentials = { readonly name: string; readonly password: string; readonly code: string };

/** Passwords are checked one after another: several at once would take the memory of the collector. */
const AT_ONCE = 1;
const WAITING_MAX = 10;
const BUSY_S = 10;

/**
 * Signs in by password and one-time code. The answer never tells which of the three was wrong, nor in its time:
 * a password is checked for names without an account too.
 */
export async function createPasswordSignIn({
  accounts,
  throttle,
  now = Date.now,
  cost,
}: {
  accounts: AccountTable;
  throttle: Throttle;
  now?: () => EpochMs;
  cost?: ScryptCost;
}): Promise<(credentials: Credentials) => Promise<SignIn>> {
  const nobody = { password: await hashPassword("nobody has this password", cost), totp: newTotpSecret() };
  const queue = pLimit(AT_ONCE);
  const check = async ({ name, password, code }: Credentials): Promise<SignIn> => {
    const account = await accounts.byName(name);
    const waitS = throttle.wait(name, account);
    if (waitS > 0) return { ok: false, waitS, account };
    const right = await isPassword((account ?? nobody).password, password);
    const step = stepOfCode((account ?? nobody).totp, code, now());
    if (account !== null && account.disabled === null && right && step !== null)
      if (await accounts.useStep(account.id, step)) {
        await throttle.passed(account);
        return { ok: true, account };
      }
    await throttle.failed(name, account);
    return { ok: false, waitS: 0, account };
  };
  return async (credentials) =>
    queue.pendingCount >= WAITING_MAX ? { ok: false, waitS: BUSY_S, account: null } : queue(check, credentials);
}
