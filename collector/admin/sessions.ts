import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { EpochMs } from "../analysis/types.ts";
import type { AccountTable, SessionTable, StoredAccount } from "../store/admin-tables.ts";

/** How long a session lasts without being used, and in all. */
export type SessionTimes = { readonly idleMs: number; readonly wholeMs: number };
const SESSION_TIMES: SessionTimes = { idleMs: 30 * 60_000, wholeMs: 12 * 3_600_000 };
/** The moment of last use is stored at most so often. */
const TOUCH_MS = 60_000;
const TOKEN = /^[\w-]{43}$/;

export type Session = { readonly account: StoredAccount; readonly token: string; readonly hash: string };

/** Signed-in browsers: a random token in the browser, its hash in the store. */
export type Sessions = {
  /** Begins a session under a new token; one that the browser still has ends. */
  begin: (account: StoredAccount, former: string | null) => Promise<string>;
  /** The session of a token, if it lasts; its account is read anew each time. */
  of: (token: string | undefined) => Promise<Session | null>;
  end: (session: Session) => Promise<void>;
  /** Ends all other sessions of the account. */
  endOthers: (session: Session) => Promise<void>;
};

/** Sessions over their table. Outdated ones are forgotten with each sign-in. */
export function createSessions(
  { sessions, accounts }: { sessions: SessionTable; accounts: AccountTable },
  now: () => EpochMs = Date.now,
  times: SessionTimes = SESSION_TIMES,
): Sessions {
  return {
    begin: async (account, former) => {
      const token = randomBytes(32).toString("base64url");
      if (former !== null) await sessions.end(hashOf(former));
      await sessions.forget(now() - times.wholeMs, now() - times.idleMs);
      await sessions.add({ hash: hashOf(token), account: account.id, created: now(), seen: now() });
      return token;
    },
    of: async (token) => {
      if (token === undefined || !TOKEN.test(token)) return null;
      const hash = hashOf(token);
      const session = await sessions.byHash(hash);
      if (session === null) return null;
      const account = await accounts.byId(session.account);
      const over = now() - session.created >= times.wholeMs || now() - session.seen >= times.idleMs;
      if (over || account === null || account.disabled !== null) {
        await sessions.end(hash);
        return null;
      }
      if (now() - session.seen >= TOUCH_MS) await sessions.seen(hash, now());
      return { account, token, hash };
    },
    end: ({ hash }) => sessions.end(hash),
    endOthers: async ({ account, hash }) => void (await sessions.endOthers(account.id, hash)),
  };
}

/** The token that a form of a session carries against forged requests; nobody without the session's token can make it. */
export function formToken({ token }: Pick<Session, "token">): string {
  return createHmac("sha256", token).update("form").digest("base64url");
}

/** Whether two tokens are equal, in a time that tells nothing. */
export function sameToken(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
