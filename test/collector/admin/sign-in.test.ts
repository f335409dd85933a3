import fc from "fast-check";
import { authenticator } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stepOfCode, totpAddress } from "../../../collector/admin/one-time-code.ts";
import { hashPassword, isPassword, SCRYPT_COST } from "../../../collector/admin/password.ts";
import { createSessions, formToken, sameToken } from "../../../collector/admin/sessions.ts";
import { createPasswordSignIn } from "../../../collector/admin/sign-in.ts";
import { createThrottle } from "../../../collector/admin/throttle.ts";
import type { StoredAccount } from "../../../collector/store/admin-tables.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const CHEAP = { N: 1024, r: 8, p: 1 };
const SECRET = "KVKFKRCPNZQUYMLXOVYDSQKJKZDTSRLD";
const PASSWORD = "correct horse battery";
const folder = temporaryFolder();
let store: Store;
let now = Date.parse("2026-11-28T10:00:00Z");

beforeAll(async () => {
  store = await openStore(folder.path);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

async function added(name: string): Promise<StoredAccount> {
  const account = {
    ...{ id: `id-${name}`, name, role: "editor", totp: SECRET, totpStep: 0, failures: 0, retry: 0 },
    ...{ created: now, disabled: null, password: await hashPassword(PASSWORD, CHEAP) },
  };
  await store.admin.accounts.add(account);
  return account;
}

function codeAt(at: number): string {
  return authenticator.clone({ epoch: at }).generate(SECRET);
}

async function signIn() {
  const { accounts } = store.admin;
  const throttle = createThrottle(accounts, () => now);
  return createPasswordSignIn({ accounts, throttle, now: () => now, cost: CHEAP });
}

describe("a password", () => {
  test("is stored as scrypt with its parameters and a salt of its own", async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD, CHEAP), hashPassword(PASSWORD, CHEAP)]);
    expect(one).toMatch(/^scrypt\$1024\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await isPassword(one, PASSWORD)).toBe(true);
    expect(await isPassword(one, `${PASSWORD} `)).toBe(false);
  });

  test("of the full cost is recognised", async () => {
    const stored = await hashPassword(PASSWORD);
    expect(stored).toContain(`scrypt$${SCRYPT_COST.N}$`);
    expect(await isPassword(stored, PASSWORD)).toBe(true);
  });

  test("never agrees with a stored text that is none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await isPassword(text, text)).toBe(false);
      }),
    );
  });
});

describe("a one-time code", () => {
  test("is taken in its half minute and the ones beside it", () => {
    const steps = [-60_000, -30_000, 0, 30_000, 60_000].map((away) => stepOfCode(SECRET, codeAt(now + away), now));
    expect(steps).toEqual([null, now / 30_000 - 1, now / 30_000, now / 30_000 + 1, null]);
  });

  test("may be typed with a space, and nothing else is a code", () => {
    const code = codeAt(now);
    expect(stepOfCode(SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, now)).not.toBeNull();
    for (const wrong of ["", "12345", "1234567", "abcdef"]) expect(stepOfCode(SECRET, wrong, now)).toBeNull();
  });

  test("is set up by an address that names Kuager and the account", () => {
    expect(totpAddress("aru", SECRET)).toMatch(/^otpauth:\/\/totp\/Kuager:aru\?secret=KVKF/);
  });
});

describe("signing in", () => {
  test("needs the password and a code, and takes each code once", async () => {
    await added("once");
    const enter = await signIn();
    const right = { name: "once", password: PASSWORD, code: codeAt(now) };
    expect(await enter({ ...right, password: "wrong password" })).toMatchObject({ ok: false, waitS: 0 });
    expect(await enter({ ...right, code: codeAt(now - 600_000) })).toMatchObject({ ok: false, waitS: 0 });
    expect(await enter(right)).toMatchObject({ ok: true, account: { name: "once" } });
    expect(await enter(right)).toMatchObject({ ok: false });
    now += 30_000;
    expect(await enter({ ...right, code: codeAt(now) })).toMatchObject({ ok: true });
  });

  test("pauses after five wrong passwords in a row, also after a restart, and opens again", async () => {
    await added("guessed");
    const enter = await signIn();
    const wrong = { name: "guessed", password: "not this one", code: "000000" };
    for (let time = 0; time < 5; time++) expect(await enter(wrong)).toMatchObject({ ok: false, waitS: 0 });
    const right = { name: "guessed", password: PASSWORD, code: codeAt(now) };
    expect(await enter(right)).toMatchObject({ ok: false, waitS: 30 });
    const afterRestart = await signIn();
    expect(await afterRestart(right)).toMatchObject({ ok: false, waitS: 30 });
    now += 30_000;
    expect(await afterRestart({ ...right, code: codeAt(now) })).toMatchObject({ ok: true });
    expect(await store.admin.accounts.byName("guessed")).toMatchObject({ failures: 0, retry: 0 });
  });

  test("pauses for a name without an account in the same way, so that names cannot be found out", async () => {
    await added("there");
    const enter = await signIn();
    const tries = async (name: string) => {
      const answers = [];
      for (let time = 0; time < 7; time++) {
        const answer = await enter({ name, password: "not this one", code: "000000" });
        answers.push([answer.ok, "waitS" in answer ? answer.waitS : 0]);
      }
      return answers;
    };
    expect(await tries("nobody")).toEqual(await tries("there"));
  });

  test("takes a bounded number of tries of all names together", async () => {
    const { accounts } = store.admin;
    const throttle = createThrottle(accounts, () => now, { burst: 3, perSecond: 0.1 });
    const waits = ["a", "b", "c", "d"].map((name) => throttle.wait(name, null));
    expect(waits).toEqual([0, 0, 0, 10]);
    expect(throttle.waitNameless()).toBe(10);
  });

  test("is refused to an account that was disabled", async () => {
    const { id } = await added("gone");
    await store.admin.accounts.change(id, { disabled: now });
    const enter = await signIn();
    expect(await enter({ name: "gone", password: PASSWORD, code: codeAt(now) })).toMatchObject({ ok: false });
  });
});

describe("a session", () => {
  const times = { idleMs: 1000, wholeMs: 3000 };
  const sessions = () => createSessions(store.admin, () => now, times);

  test("is known by a token of which only the hash is stored", async () => {
    const account = await added("session");
    const token = await sessions().begin(account, null);
    expect(await sessions().of(token)).toMatchObject({ account: { name: "session" } });
    for (const other of [undefined, "", "x".repeat(43), `${token}x`]) expect(await sessions().of(other)).toBeNull();
    const found = await sessions().of(token);
    expect(found?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(found?.hash).not.toContain(token);
  });

  test("gets a new token with each sign-in, and the old one ends", async () => {
    const account = await added("rotates");
    const first = await sessions().begin(account, null);
    const second = await sessions().begin(account, first);
    expect(await sessions().of(first)).toBeNull();
    expect(await sessions().of(second)).not.toBeNull();
  });

  test("ends when it is not used, after its whole time, and when the account is disabled", async () => {
    const account = await added("ends");
    const idle = await sessions().begin(account, null);
    now += 1000;
    expect(await sessions().of(idle)).toBeNull();
    const long = createSessions(store.admin, () => now, { idleMs: 120_000, wholeMs: 240_000 });
    const used = await long.begin(account, null);
    for (let time = 0; time < 3; time++) {
      now += 70_000;
      expect(await long.of(used)).not.toBeNull();
    }
    now += 70_000;
    expect(await long.of(used)).toBeNull();
    const last = await sessions().begin(account, null);
    await store.admin.accounts.change(account.id, { disabled: now });
    expect(await sessions().of(last)).toBeNull();
  });

  test("can end all others of its account", async () => {
    const account = await added("others");
    const [mine, other] = [await sessions().begin(account, null), await sessions().begin(account, null)];
    const session = await sessions().of(mine);
    if (session !== null) await sessions().endOthers(session);
    expect(await sessions().of(mine)).not.toBeNull();
    expect(await sessions().of(other)).toBeNull();
  });

  test("gives its forms a token that no other session's forms have", async () => {
    expect(formToken({ token: "a" })).not.toBe(formToken({ token: "b" }));
    expect(sameToken(formToken({ token: "a" }), formToken({ token: "a" }))).toBe(true);
    expect(sameToken("", formToken({ token: "a" }))).toBe(false);
  });
});
