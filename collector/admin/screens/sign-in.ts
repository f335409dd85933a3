import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { LANGUAGES } from "../../api/language.ts";
import type { Language } from "../../api/types.ts";
import type { StoredAccount } from "../../store/admin-tables.ts";
import { NOBODY } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { readForm } from "../form.ts";
import type { SignInView } from "../types.ts";
import { addScreen, COOKIE, COOKIE_OPTIONS, frameOf, isOurs, refuse, send } from "../visit.ts";

/** Signing in by password and one-time code or by passkey, and out. */
export function addSignIn(app: FastifyInstance, desk: Desk): void {
  for (const language of LANGUAGES) {
    const path = `/admin/${language}/sign-in`;
    app.get(path, async (request, reply) => {
      const known = await desk.sessions.of(request.cookies[COOKIE]);
      if (known !== null) return reply.redirect(`/admin/${language}`, 303);
      return show(desk, { request, reply, language }, { why: null, waitS: 0, name: "" });
    });
    app.post(path, (request, reply) => byPassword(desk, { request, reply, language }));
    app.post(`${path}/passkey`, (request, reply) => byPasskey(desk, { request, reply, language }));
  }
  addScreen(app, desk, {
    path: "/sign-out",
    role: "viewer",
    post: async ({ session }) => {
      await desk.sessions.end(session);
      await desk.audit.record({ by: session.account.name, act: "sign-out" });
      return { to: "/sign-in" };
    },
  });
}

type Asked = { request: FastifyRequest; reply: FastifyReply; language: Language };

async function byPassword(desk: Desk, asked: Asked) {
  const { request, reply, language } = asked;
  if (!isOurs(request, desk.origin())) return refuse(desk, reply, "forbidden", frameOf(desk, request, language, null));
  const form = await readForm(request);
  const name = form.one("name").toLowerCase().slice(0, 64);
  // Not trimmed: a password may begin with a blank.
  const password = (form.all("password")[0] ?? "").slice(0, 1024);
  const result = await desk.signIn({ name, password, code: form.one("code").slice(0, 16) });
  if (result.ok) {
    await welcome(desk, asked, result.account, "password");
    return reply.redirect(`/admin/${language}`, 303);
  }
  desk.metrics.signIn(result.waitS > 0 ? "paused" : "refused");
  // A name nobody has is not written down: it is often a password typed into the wrong field.
  if (result.account !== null && result.waitS === 0)
    await desk.audit.record({ by: NOBODY, act: "sign-in refused", subject: result.account.name });
  return show(desk, asked, { why: result.waitS > 0 ? "wait" : "wrong", waitS: result.waitS, name });
}

/** Both steps of a passkey, as JSON: without an answer the challenge, with one where to go on. */
async function byPasskey(desk: Desk, asked: Asked) {
  const { request, reply } = asked;
  if (!isOurs(request, desk.origin())) return reply.code(403).send({ ok: false });
  const answer = jsonOf(request);
  if (answer === null) return reply.send(await desk.passkeys.challenge());
  if (desk.throttle.waitNameless() > 0) return reply.code(429).send({ ok: false });
  const id = await desk.passkeys.answered(answer);
  const account = id === null ? null : await desk.reader.store.admin.accounts.byId(id);
  if (account === null || account.disabled !== null) {
    desk.metrics.signIn("refused");
    return reply.code(403).send({ ok: false });
  }
  await welcome(desk, asked, account, "passkey");
  return reply.send({ ok: true, to: `/admin/${asked.language}` });
}

/** The JSON of a request; null for none. */
export function jsonOf({ body }: FastifyRequest): unknown {
  try {
    return Buffer.isBuffer(body) && body.length > 0 ? JSON.parse(body.toString("utf8")) : null;
  } catch {
    return null;
  }
}

/** Begins a session under a new token, whatever the browser brought. */
async function welcome(desk: Desk, { request, reply }: Asked, account: StoredAccount, by: string): Promise<void> {
  const token = await desk.sessions.begin(account, request.cookies[COOKIE] ?? null);
  desk.metrics.signIn("passed");
  await desk.audit.record({ by: account.name, act: "sign-in", detail: by });
  reply.setCookie(COOKIE, token, COOKIE_OPTIONS);
}

function show(desk: Desk, { request, reply, language }: Asked, view: SignInView) {
  const page = desk.pages.signIn(view, frameOf(desk, request, language, null));
  if (view.waitS > 0) reply.header("retry-after", String(view.waitS));
  return send(reply, language, { page, status: view.why === null ? 200 : view.why === "wait" ? 429 : 403 });
}
