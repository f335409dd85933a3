import { randomBytes } from "node:crypto";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../../probe/measure/connect.ts";
import { handshake } from "../../../probe/measure/handshake.ts";
import { type RequestOptions, request } from "../../../probe/measure/request.ts";
import { trustIn } from "../../../probe/measure/trust.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import {
  type Answer,
  type Authority,
  createAuthority,
  type GateAct,
  nextAddress,
  type Origin,
  page,
  type Running,
  startGate,
  startOrigin,
} from "../../world/index.ts";
import { calm } from "./web-settings.ts";

let authority: Authority;
let plain: Origin;
let secure: Origin;
let answer: Answer = {};
const running: Running[] = [];
beforeAll(async () => {
  authority = await createAuthority();
  plain = await startOrigin({ address: nextAddress() }, () => answer);
  const credentials = await authority.issue({ names: ["orda.test"] });
  secure = await startOrigin({ address: nextAddress() }, () => answer, credentials);
  running.push(plain, secure);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.close()));
});

const FEW = { timeoutMs: 700 };

async function ask(server: Running, path = "/", more: Partial<RequestOptions> = {}) {
  const opened = await connect({ ip: server.address, port: server.port }, calm());
  if (!opened.ok) throw new Error("no connection");
  const url = new URL(path, `http://orda.test:${server.port}`);
  return request({ socket: opened.socket, url, ...FEW, ...more }, calm());
}

async function askSecurely(more: Partial<RequestOptions> = {}) {
  const opened = await connect({ ip: secure.address, port: secure.port }, calm());
  if (!opened.ok) throw new Error("no connection");
  const trust = trustIn([authority.ca]);
  const secured = await handshake(
    { socket: opened.socket, sni: "orda.test", name: "orda.test", purpose: "target", trust },
    calm(),
  );
  if (!secured.ok) throw new Error("no handshake");
  return request(
    { socket: secured.socket, url: new URL(`https://orda.test:${secure.port}/x`), ...FEW, ...more },
    calm(),
  );
}

describe("a page", () => {
  test("over a plain connection is fetched, hashed and described", async () => {
    const body = page("Орда", "жаңалық");
    answer = { body, headers: { server: "nginx", "set-cookie": "id=1" } };
    const { ok, step, redirect } = await ask(plain, "/news?x=1");
    expect(ok).toBe(true);
    expect(redirect).toBeNull();
    expect(step).toMatchObject({
      failure: null,
      status: 200,
      title: "Орда",
      bodyBytes: Buffer.byteLength(body),
      bodySha256: sha256Hex(body),
      truncated: false,
      location: null,
      headers: { server: "nginx" },
    });
    expect(step.headers).not.toHaveProperty("set-cookie");
    expect(plain.asked.at(-1)).toEqual({ host: `orda.test:${plain.port}`, path: "/news?x=1", method: "GET" });
  });

  test("over TLS is fetched on the connection that was tested", async () => {
    answer = { body: page("secure") };
    const { step } = await askSecurely();
    expect(step).toMatchObject({ failure: null, status: 200, title: "secure" });
    expect(step.ttfbMs).not.toBeNull();
  });

  test("in another charset is read by its header or its own word", async () => {
    const cyrillic = Buffer.concat([
      Buffer.from("<title>"),
      Buffer.from([0xc4, 0xee, 0xf1, 0xf2, 0xf3, 0xef]),
      Buffer.from("</title>"),
    ]);
    answer = { body: cyrillic, headers: { "content-type": "text/html; charset=windows-1251" } };
    expect((await ask(plain)).step.title).toBe("Доступ");
    const meta = Buffer.concat([Buffer.from('<meta charset="windows-1251">'), cyrillic]);
    answer = { body: meta, headers: { "content-type": "text/html" } };
    expect((await ask(plain)).step.title).toBe("Доступ");
  });

  test("longer than the cap is cut, and says so", async () => {
    answer = { body: Buffer.alloc(100_000, 97) };
    const { ok, step } = await ask(plain, "/", { maxBodyBytes: 1000 });
    expect(ok).toBe(true);
    expect(step).toMatchObject({ truncated: true, bodyBytes: 1000, bodySha256: sha256Hex("a".repeat(1000)) });
  });

  test("exactly as long as the cap is whole", async () => {
    answer = { body: Buffer.alloc(1000, 97) };
    expect((await ask(plain, "/", { maxBodyBytes: 1000 })).step).toMatchObject({ truncated: false, bodyBytes: 1000 });
  });

  test.each([200, 403, 404, 451, 500])("with status %i is an answer, not a failure", async (status) => {
    answer = { status, body: page("answer") };
    expect((await ask(plain)).step).toMatchObject({ failure: null, status });
  });
});

describe("a packed page", () => {
  const text = page("Орда", "жаңалық ".repeat(2000));
  const packed = (encoding: string, body: Buffer) => ({ body, headers: { "content-encoding": encoding } });
  const forms = [
    ["gzip", "gzip", gzipSync],
    ["deflate", "deflate", deflateSync],
    ["deflate without zlib's frame", "deflate", deflateRawSync],
    ["br", "br", brotliCompressSync],
  ] as const;

  test.each(forms)("by %s is read as if it had come bare", async (_name, encoding, pack) => {
    const body = pack(text);
    answer = packed(encoding, body);
    const whole = { title: "Орда", bodyBytes: Buffer.byteLength(text), bodySha256: sha256Hex(text), truncated: false };
    const seen = { failure: null, ...whole, wireBytes: body.length };
    expect((await ask(plain, "/", { isBlockPage: () => true })).step).toMatchObject({
      ...seen,
      blockPage: expect.stringContaining("жаңалық"),
    });
    expect((await askSecurely()).step).toMatchObject(seen);
  });

  test.each(forms)("by %s is cut where a bare one would be", async (_name, encoding, pack) => {
    answer = packed(encoding, pack(text));
    const hash = sha256Hex(Buffer.from(text).subarray(0, 1000));
    const { ok, step } = await ask(plain, "/", { maxBodyBytes: 1000 });
    expect(ok).toBe(true);
    expect(step).toMatchObject({ failure: null, truncated: true, bodyBytes: 1000, bodySha256: hash });
  });

  test.each(forms)("by %s that breaks off keeps what there was", async (_name, encoding, pack) => {
    answer = packed(encoding, pack(page("Орда", randomBytes(20_000).toString("hex"))).subarray(0, 12_000));
    const { ok, step } = await ask(plain);
    expect(ok).toBe(false);
    expect(step).toMatchObject({
      failure: "eof_error",
      status: 200,
      title: "Орда",
      truncated: false,
      bodySha256: null,
    });
    expect(step.bodyBytes).toBeGreaterThan(10_000);
  });

  test.each(["gzip", "deflate", "br"])("that is said to be %s and is not is a parse error", async (encoding) => {
    answer = packed(encoding, Buffer.from(page("bare").repeat(50)));
    expect((await ask(plain)).step).toMatchObject({ failure: "http_parse_error", status: 200, bodySha256: null });
  });

  test("in a way that was not asked for, or in two, stays packed", async () => {
    for (const encoding of ["zstd", "gzip, br"]) {
      answer = packed(encoding, gzipSync(text));
      const { step } = await ask(plain);
      expect(step).toMatchObject({ failure: null, bodyBytes: gzipSync(text).length });
      expect(step).not.toHaveProperty("wireBytes");
    }
  });

  test("of nothing is nothing", async () => {
    answer = packed("gzip", Buffer.alloc(0));
    expect((await ask(plain)).step).toMatchObject({ failure: null, bodyBytes: 0, bodySha256: sha256Hex("") });
  });
});

describe("a block page", () => {
  test("that is known goes into the record whole, any other does not", async () => {
    answer = { status: 200, body: page("Blocked", "by order") };
    const isBlockPage = (seen: { title: string | null }) => seen.title === "Blocked";
    expect((await ask(plain, "/", { isBlockPage })).step.blockPage).toContain("by order");
    answer = { body: page("Something else") };
    expect((await ask(plain, "/", { isBlockPage })).step).not.toHaveProperty("blockPage");
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])("%i names where it leads", async (status) => {
    answer = { status, headers: { location: "/next#part" } };
    const { step, redirect } = await ask(plain, "/a/b");
    expect(step).toMatchObject({ failure: null, status, location: `http://orda.test:${plain.port}/next` });
    expect(redirect?.pathname).toBe("/next");
  });

  test("status without Location, and Location without redirect status, lead nowhere", async () => {
    answer = { status: 304 };
    expect((await ask(plain)).redirect).toBeNull();
    answer = { status: 201, headers: { location: "/next" } };
    expect((await ask(plain)).redirect).toBeNull();
  });
});

describe("a request that ends badly", () => {
  test.each([
    ["silence", "generic_timeout_error"],
    ["reset", "connection_reset"],
    ["garbage", "http_parse_error"],
  ] as const)("by %s is %s, over both kinds of connection", async (how, failure) => {
    answer = how;
    const missing = { failure, status: null, ttfbMs: null, bodySha256: null };
    expect(await ask(plain)).toMatchObject({ ok: false, step: missing, redirect: null });
    expect(await askSecurely()).toMatchObject({ ok: false, step: missing });
  });

  test("in the middle of the body keeps status and headers", async () => {
    answer = "cut-short";
    const { ok, step } = await ask(plain);
    expect(ok).toBe(false);
    expect(step).toMatchObject({ failure: "eof_error", status: 200, bodyBytes: 9, bodySha256: null });
  });

  test("by dripping is a timeout with what had come", async () => {
    answer = { drip: page("slow"), everyMs: 20 };
    const { step } = await ask(plain, "/", { timeoutMs: 250 });
    expect(step).toMatchObject({ failure: "generic_timeout_error", status: 200, title: "slow" });
    expect(step.bodyBytes).toBeGreaterThan(0);
  });

  test("on a connection that is already gone does not open another", async () => {
    const opened = await connect({ ip: plain.address, port: plain.port }, calm());
    if (!opened.ok) throw new Error("no connection");
    opened.socket.destroy();
    const before = plain.asked.length;
    const url = new URL(`http://orda.test:${plain.port}/`);
    expect(await request({ socket: opened.socket, url, ...FEW }, calm())).toMatchObject({ ok: false });
    expect(plain.asked.length).toBe(before);
  });

  test("by the end of the measurement is interrupted", async () => {
    answer = "silence";
    const opened = await connect({ ip: plain.address, port: plain.port }, calm());
    if (!opened.ok) throw new Error("no connection");
    const stop = new AbortController();
    const asking = request({ socket: opened.socket, url: new URL("http://orda.test/") }, stop.signal);
    stop.abort();
    expect(await asking).toMatchObject({ ok: false, step: { failure: "interrupted" } });
  });
});

describe("a censor that reads the Host header", () => {
  const cases: [string, GateAct, object][] = [
    ["resets", "reset", { failure: "connection_reset", status: null }],
    ["swallows", "silence", { failure: "generic_timeout_error", status: null }],
    ["closes", "fin", { failure: "eof_error", status: null }],
    ["shows a page with 200", { status: 200, body: page("Blocked") }, { failure: null, status: 200, title: "Blocked" }],
    ["shows a page with 403", { status: 403, body: page("Denied") }, { failure: null, status: 403, title: "Denied" }],
    ["shows 451", { status: 451, body: page("Legal") }, { failure: null, status: 451, title: "Legal" }],
  ];
  test.each(cases)("and %s is recorded so", async (_what, act, expected) => {
    answer = { body: page("true page") };
    const decide = ({ host }: { host: string | null }) => (host === "orda.test" ? act : "pass");
    const censor = await startGate({ address: nextAddress() }, { upstream: plain, decide });
    running.push(censor);
    expect((await ask(censor)).step).toMatchObject(expected);
    expect(censor.seen).toMatchObject([{ host: "orda.test", path: "/" }]);
  });
});
