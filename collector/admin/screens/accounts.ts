import type { FastifyInstance } from "fastify";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { AdminRole } from "../roles.ts";
import { addScreen, asked, type Visit } from "../visit.ts";

/** All accounts: roles and disabling. New ones are made by the command, where their password is shown once. */
export function addAccounts(app: FastifyInstance, desk: Desk): void {
  const role = "operator";
  addScreen(app, desk, {
    path: "/accounts",
    role,
    get: (visit) => list(desk, visit),
    post: (visit) => change(desk, visit),
  });
}

async function list(desk: Desk, { frame }: Visit) {
  const { accounts, passkeys } = desk.reader.store.admin;
  const rows = await Promise.all(
    (await accounts.all()).map(async ({ id, name, role, created, disabled, retry }) => ({
      ...{ name, role, created: utc(created), disabled: disabled !== null, paused: retry > desk.reader.now() },
      passkeys: (await passkeys.of(id)).length,
    })),
  );
  return { page: desk.pages.accounts({ accounts: rows }, frame) };
}

async function change(desk: Desk, visit: Visit) {
  const { form, session } = visit;
  const { accounts, sessions } = desk.reader.store.admin;
  const account = await accounts.byName(form.one("name"));
  if (account === null) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const record = (act: "account disabled" | "account changed" | "account unlocked", detail = "") =>
    desk.audit.record({ by: session.account.name, act, subject: account.name, detail });
  if (form.one("do") === "disable") {
    const question = asked(desk, visit, "disable", { subject: account.name, back: "/accounts" });
    if (question !== null) return question;
    await accounts.change(account.id, { disabled: desk.reader.now() });
    await sessions.endOthers(account.id, null);
    await record("account disabled");
  } else if (form.one("do") === "unlock") {
    await accounts.change(account.id, { failures: 0, retry: 0 });
    await record("account unlocked");
  } else {
    const role = AdminRole.safeParse(form.one("role"));
    if (!role.success) return { page: desk.pages.refused("wrong", visit.frame), status: 400 };
    await accounts.change(account.id, { role: role.data });
    await record("account changed", role.data);
  }
  return { to: "/accounts", done: "saved" as const };
}
