import type { EpochMs } from "../analysis/types.ts";
import { createRateLimits } from "../ingest/limits.ts";
import type { AccountTable, StoredAccount } from "../store/admin-tables.ts";

const FREE_FAILURES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const NAMES_MAX = 10_000;
/** Of all sign-ins together: each costs 64 MiB and half a second. */
const ALL = { burst: 20, perSecond: 1 / 3 };

/**
 * Slows down guessing. No address is kept, so guesses are counted by the name that is tried, and all together. Names
 * without an account pause in the same way, so that the answer does not tell which names there are.
 */
export type Throttle = {
  /** Seconds until a try is allowed; 0: now. Counts the try among all. */
  wait: (name: string, account: StoredAccount | null) => number;
  failed: (name: string, account: StoredAccount | null) => Promise<void>;
  passed: (account: StoredAccount) => Promise<void>;
  /** Seconds until a try without a name (a passkey) is allowed. */
  waitNameless: () => number;
};

/** A throttle whose counts of accounts are stored, and those of other names are not. */
export function createThrottle(accounts: AccountTable, now: () => EpochMs = Date.now, all = ALL): Throttle {
  const strangers = new Map<string, { failures: number; retry: EpochMs }>();
  const limits = createRateLimits({ all }, now, 1);
  return {
    wait: (name, account) => {
      const { retry } = account ?? strangers.get(name) ?? { retry: 0 };
      return retry > now() ? Math.ceil((retry - now()) / 1000) : limits.take("all", "");
    },
    waitNameless: () => limits.take("all", ""),
    failed: async (name, account) => {
      const failures = (account ?? strangers.get(name) ?? { failures: 0 }).failures + 1;
      const retry = now() + pauseMs(failures);
      if (account !== null) return accounts.change(account.id, { failures, retry });
      strangers.delete(name);
      strangers.set(name, { failures, retry });
      if (strangers.size > NAMES_MAX) strangers.delete(strangers.keys().next().value ?? name);
    },
    passed: async ({ id, failures }) => {
      if (failures > 0) await accounts.change(id, { failures: 0, retry: 0 });
    },
  };
}

/** Pause after so many failures in a row: none at first, then twice as long each time, up to a quarter of an hour. */
function pauseMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - FREE_FAILURES, 20), LONGEST_PAUSE_MS);
}
