import { authenticator } from "otplib";
import { addAccount, type Entrance } from "../../../collector/admin/accounts.ts";
import type { AdminRole } from "../../../collector/admin/roles.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { TestCollector } from "../test-collector.ts";

/** A browser without a face: it keeps cookies, sends forms as a browser would, and follows nothing by itself. */
export type Client = {
  readonly origin: string;
  get: (path: string) => Promise<Answer>;
  /** Sends a form with the token of the page before; `token` null leaves it out. */
  post: (path: string, fields: Readonly<Record<string, string>>, more?: Sending) => Promise<Answer>;
  /** Sends a form with a file. */
  upload: (path: string, fields: Readonly<Record<string, string>>, file: string | Uint8Array) => Promise<Answer>;
  cookie: () => string;
  setCookie: (cookie: string) => void;
};
export type Sending = { token?: string | null; headers?: Record<string, string>; body?: FormData | string };
export type Answer = {
  readonly status: number;
  readonly to: string | null;
  readonly text: string;
  readonly headers: Headers;
};

/** Makes an account in the folder of a collector. */
export async function accountIn(
  { folder }: Pick<TestCollector, "folder">,
  name: string,
  role: AdminRole,
): Promise<Entrance> {
  const store = await openStore(folder);
  try {
    return await addAccount(store.admin, { name, role }, Date.now());
  } finally {
    await store.close();
  }
}

/** The one-time code of a moment; `step` moves to later ones, since each is taken once. */
export function codeOf({ totp }: Entrance, step = 0): string {
  return authenticator.clone({ epoch: Date.now() + step * 30_000 }).generate(totp);
}

/** A client of a collector's administration. */
export function clientOf({ adminPort }: Pick<TestCollector, "adminPort">): Client {
  const origin = `http://localhost:${adminPort}`;
  let cookie = "";
  let token = "";
  const ask = async (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${adminPort}${path}`, { ...init, redirect: "manual" });
    const text = await answer.text();
    const set = answer.headers.get("set-cookie");
    if (set !== null) cookie = set.split(";")[0] ?? "";
    token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? token;
    return { status: answer.status, to: answer.headers.get("location"), text, headers: answer.headers };
  };
  const upload: Client["upload"] = (path, fields, file) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, token })) body.append(name, value);
    body.append("file", new Blob([new Uint8Array(Buffer.from(file))]), "file");
    return ask(path, { method: "POST", headers: { cookie, origin }, body });
  };
  return {
    origin,
    upload,
    cookie: () => cookie,
    setCookie: (other) => {
      cookie = other;
    },
    get: (path) => ask(path, { headers: { cookie } }),
    post: (path, fields, { token: given = token, headers = {}, body } = {}) => {
      const form = new URLSearchParams({ ...fields, ...(given !== null && { token: given }) });
      return ask(path, { method: "POST", headers: { cookie, origin, ...headers }, body: body ?? form });
    },
  };
}

/** A client that signed in. A code is asked for again once: between its making and its check a time step may have ended. */
export async function signedIn(collector: TestCollector, entrance: Entrance, step = 0): Promise<Client> {
  const client = clientOf(collector);
  const { name, password } = entrance;
  const enter = () => client.post("/admin/en/sign-in", { name, password, code: codeOf(entrance, step) });
  const first = await enter();
  const answer = first.status === 303 ? first : await enter();
  if (answer.status !== 303) throw new Error(`could not sign in: ${answer.status} ${answer.text}`);
  await client.get("/admin/en/account");
  return client;
}
