import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CodedError } from "../../protocol/coded-error.ts";
import { LANGUAGES } from "../api/language.ts";
import type { Language } from "../api/types.ts";
import { utc } from "../time.ts";
import type { Desk } from "./desk.ts";
import { FILE_FORM_BYTES, type Form, readForm } from "./form.ts";
import { type AdminRole, includesRole } from "./roles.ts";
import { formToken, type Session, sameToken } from "./sessions.ts";
import { type Confirmed, DONE, type Done, type Frame, type Refused } from "./types.ts";

export const COOKIE = "__Secure-kuager-admin";
/** The cookie goes to the administration alone, over TLS (or to this machine), and to no script. */
export const COOKIE_OPTIONS = { path: "/admin", httpOnly: true, secure: true, sameSite: "strict" } as const;

/** One request of somebody who signed in. */
export type Visit = {
  readonly session: Session;
  readonly role: AdminRole;
  readonly language: Language;
  readonly query: (name: string) => string;
  readonly id: string;
  readonly form: Form;
  readonly frame: Frame;
};

/** What a screen answers: a page, or where to go on (a path below the language). */
export type Outcome =
  | { readonly page: string; readonly status?: number }
  | { readonly to: string; readonly done?: Done };

export type ScreenParts = {
  /** Path below `/admin/<language>`; may end in `/:id`. */
  readonly path: string;
  /** The least role that may ask, and that may send. */
  readonly role: AdminRole;
  readonly sends?: AdminRole;
  readonly get?: (visit: Visit) => Promise<Outcome>;
  readonly post?: (visit: Visit) => Promise<Outcome>;
  /** Takes a file. */
  readonly file?: boolean;
};

/** Adds one screen in every language: only for who signed in and may see it; what is sent must come from our own form. */
export function addScreen(app: FastifyInstance, desk: Desk, parts: ScreenParts): void {
  const { path, get, post, role, sends = role, file = false } = parts;
  for (const language of LANGUAGES) {
    const url = `/admin/${language}${path}`;
    if (get !== undefined)
      app.get(url, (request, reply) => answer(desk, { request, reply, language, role, handle: get }));
    if (post !== undefined)
      app.post(url, { bodyLimit: file ? FILE_FORM_BYTES : 64 * 1024 }, (request, reply) =>
        answer(desk, { request, reply, language, role: sends, handle: post }),
      );
  }
}

type Asked = {
  request: FastifyRequest;
  reply: FastifyReply;
  language: Language;
  role: AdminRole;
  handle: (visit: Visit) => Promise<Outcome>;
};

async function answer(desk: Desk, { request, reply, language, role, handle }: Asked) {
  const session = await desk.sessions.of(request.cookies[COOKIE]);
  if (session === null) return reply.redirect(`/admin/${language}/sign-in`, 303);
  const frame = frameOf(desk, request, language, session);
  const held = frame.who?.role ?? "viewer";
  if (!includesRole(held, role)) return refuse(desk, reply, "forbidden", frame);
  const sent = request.method === "POST";
  if (sent && !isOurs(request, desk.origin())) return refuse(desk, reply, "forbidden", frame);
  const form = await readForm(request);
  if (sent && !sameToken(form.one("token"), frame.token)) return refuse(desk, reply, "stale", frame);
  const visit = { session, role: held, language, query: queryOf(request), id: idOf(request), form, frame };
  return send(reply, language, await handle(visit).catch((error: unknown) => wrong(desk, frame, error)));
}

/** What was sent and cannot be done is told on a page; what is our fault goes on. */
function wrong(desk: Desk, frame: Frame, error: unknown): Outcome {
  if (!(error instanceof CodedError) || !["bad_input", "bad_query", "failed", "usage"].includes(error.code))
    throw error;
  return { page: desk.pages.refused("wrong", { ...frame, problem: error.message }), status: 400 };
}

/** Sends what a screen answered. */
export function send(reply: FastifyReply, language: Language, outcome: Outcome) {
  if ("to" in outcome) {
    const [path = "", query = ""] = outcome.to.split("?");
    const parameters = new URLSearchParams(query);
    if (outcome.done !== undefined) parameters.set("done", outcome.done);
    const tail = parameters.size === 0 ? "" : `?${parameters}`;
    return reply.redirect(`/admin/${language}${path}${tail}`, 303);
  }
  return reply
    .code(outcome.status ?? 200)
    .type("text/html; charset=utf-8")
    .header("content-language", language)
    .send(outcome.page);
}

const STATUS: Readonly<Record<Refused, number>> = { missing: 404, forbidden: 403, stale: 403, wrong: 400, fault: 500 };

/** Answers with the page that says why nothing was done. */
export function refuse(desk: Desk, reply: FastifyReply, why: Refused, frame: Frame) {
  return send(reply, frame.language, { page: desk.pages.refused(why, frame), status: STATUS[why] });
}

/**
 * Whether a request comes from a page of the administration itself. Browsers say so with `Sec-Fetch-Site`, older ones
 * with `Origin`; one that says neither is refused. On this machine itself it may be called localhost or by address.
 */
export function isOurs({ headers }: FastifyRequest, origin: string): boolean {
  const { "sec-fetch-site": site, origin: from, host = "" } = headers;
  const own = from === origin || (LOOPBACK.test(host) && from === `http://${host}`);
  if (from !== undefined && !own) return false;
  return site === undefined ? own : site === "same-origin";
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/;

/** What stands around a page. Without a session: for the page of signing in. */
export function frameOf(desk: Desk, request: FastifyRequest, language: Language, session: Session | null): Frame {
  const { account } = session ?? { account: null };
  const done = queryOf(request)("done");
  const path = request.url.replace(/^\/admin\/(?:kk|ru|en)/, "").replace(/([?&])done=\w*&?/, "$1");
  return {
    language,
    path: path.replace(/[?&]$/, ""),
    who: account === null ? null : { name: account.name, role: roleOf(account.role) },
    token: session === null ? "" : formToken(session),
    done: DONE.find((one) => one === done) ?? null,
    problem: null,
    now: utc(desk.reader.now()),
    names: desk.reader.catalogue.names,
    enoughProbes: desk.reader.enoughProbes,
  };
}

function roleOf(text: string): AdminRole {
  return (["operator", "reviewer", "editor"] as const).find((role) => role === text) ?? "viewer";
}

/**
 * The second step before something that cannot be undone. Null once it was taken; before that, the page that asks.
 */
export function asked(desk: Desk, visit: Visit, what: Confirmed, { subject, back }: { subject: string; back: string }) {
  if (visit.form.one("sure") === "yes") return null;
  const fields = visit.form.fields.filter(([name]) => name !== "token" && name !== "sure");
  const action = `/admin/${visit.language}${visit.frame.path.split("?")[0]}`;
  return { page: desk.pages.confirm({ what, subject, action, fields, back }, visit.frame) };
}

function queryOf({ query }: FastifyRequest): (name: string) => string {
  const values = typeof query === "object" && query !== null ? new Map(Object.entries(query)) : new Map();
  return (name) => {
    const value: unknown = values.get(name);
    return typeof value === "string" ? value.slice(0, 2048) : "";
  };
}

function idOf({ params }: FastifyRequest): string {
  return typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";
}
