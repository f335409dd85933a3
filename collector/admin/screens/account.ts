import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { LANGUAGES } from "../../api/language.ts";
import { utc } from "../../time.ts";
import type { Desk } from "../desk.ts";
import { hashPassword, Password } from "../password.ts";
import { formToken, sameToken } from "../sessions.ts";
import { addScreen, asked, COOKIE, isOurs, type Visit } from "../visit.ts";
import { jsonOf } from "./sign-in.ts";

/** One's own account: password, passkeys, other sessions. */
export function addAccount(app: FastifyInstance, desk: Desk): void {
  const role = "viewer";
  addScreen(app, desk, {
    path: "/account",
    role,
    get: (visit) => show(desk, visit),
    post: (visit) => password(desk, visit),
  });
  addScreen(app, desk, { path: "/account/passkey/remove", role, post: (visit) => removePasskey(desk, visit) });
  for (const language of LANGUAGES)
    app.post(`/admin/${language}/account/passkey`, (request, reply) => addPasskey(desk, request, reply));
}

async function show(desk: Desk, { session, frame }: Visit, problem: string | null = null) {
  const passkeys = await desk.reader.store.admin.passkeys.of(session.account.id);
  const view = {
    passkeys: passkeys.map(({ id, label, created, used }) => ({
      ...{ id, label, created: utc(created), used: used === null ? null : utc(used) },
    })),
  };
  return { page: desk.pages.account(view, { ...frame, problem }), ...(problem !== null && { status: 400 }) };
}

async function password(desk: Desk, visit: Visit) {
  const { form, session } = visit;
  const [current = "", wanted = "", again = ""] = ["current", "password", "again"].map(
    (name) => form.all(name)[0] ?? "",
  );
  const result = await desk.signIn({ name: session.account.name, password: current, code: form.one("code") });
  if (!result.ok) return show(desk, visit, "current, code: do not agree");
  const parsed = Password.safeParse(wanted);
  if (!parsed.success) return show(desk, visit, "password: expected 12 to 256 characters");
  if (wanted !== again) return show(desk, visit, "again: is another one");
  await desk.reader.store.admin.accounts.change(session.account.id, { password: await hashPassword(parsed.data) });
  await desk.sessions.endOthers(session);
  await desk.audit.record({ by: session.account.name, act: "password changed", subject: session.account.name });
  return { to: "/account", done: "password" as const };
}

/** Both steps of adding a passkey, as JSON; the form's token stands in a header. */
async function addPasskey(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const session = await desk.sessions.of(request.cookies[COOKIE]);
  const token = request.headers["x-kuager-token"];
  const ours = isOurs(request, desk.origin()) && typeof token === "string";
  if (session === null || !ours || !sameToken(token, formToken(session))) return reply.code(403).send({ ok: false });
  const sent = jsonOf(request);
  if (sent === null) return reply.send(await desk.passkeys.registration(session.account));
  const { label, answer } = sent as { label?: unknown; answer?: unknown };
  const name = typeof label === "string" && label.trim() !== "" ? label.trim().slice(0, 64) : "passkey";
  if (!(await desk.passkeys.register(session.account, name, answer))) return reply.code(400).send({ ok: false });
  await desk.audit.record({ by: session.account.name, act: "passkey added", subject: session.account.name });
  return reply.send({ ok: true, to: `${request.url.replace(/\/passkey.*$/, "")}?done=passkey` });
}

async function removePasskey(desk: Desk, visit: Visit) {
  const { session, form } = visit;
  const passkeys = await desk.reader.store.admin.passkeys.of(session.account.id);
  const found = passkeys.find(({ id }) => id === form.one("passkey"));
  if (found === undefined) return { page: desk.pages.refused("missing", visit.frame), status: 404 };
  const question = asked(desk, visit, "removePasskey", { subject: found.label, back: "/account" });
  if (question !== null) return question;
  await desk.reader.store.admin.passkeys.remove(session.account.id, found.id);
  await desk.audit.record({ by: session.account.name, act: "passkey removed", subject: session.account.name });
  return { to: "/account", done: "removed" as const };
}
