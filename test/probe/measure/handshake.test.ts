import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../../probe/measure/connect.ts";
import { type HandshakeOptions, handshake } from "../../../probe/measure/handshake.ts";
import { trustIn } from "../../../probe/measure/trust.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import {
  type Authority,
  type Credentials,
  createAuthority,
  createInterceptionAuthority,
  expired,
  type GateAct,
  nextAddress,
  notYetValid,
  type Running,
  selfSigned,
  startGate,
  startOrigin,
} from "../../world/index.ts";
import { calm } from "./web-settings.ts";

let authority: Authority;
let good: Credentials;
let origin: Running;
const running: Running[] = [];
beforeAll(async () => {
  authority = await createAuthority();
  good = await authority.issue({ names: ["orda.test", "*.orda.test"] });
  origin = await startOrigin({ address: nextAddress() }, () => ({}), good);
  running.push(origin);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.close()));
});

async function shake(server: { address: string; port: number }, more: Partial<HandshakeOptions> = {}) {
  const opened = await connect({ ip: server.address, port: server.port }, calm());
  if (!opened.ok) throw new Error(`no connection: ${opened.step.failure}`);
  const options = { sni: "orda.test", name: "orda.test", purpose: "target", timeoutMs: 500 } as const;
  const trust = trustIn([authority.ca]);
  const result = await handshake({ socket: opened.socket, trust, ...options, ...more }, calm());
  if (result.ok) result.socket.destroy();
  return result.step;
}

async function gate(decide: () => GateAct, reassembles = false) {
  const one = await startGate({ address: nextAddress() }, { upstream: origin, decide, reassembles });
  running.push(one);
  return one;
}

async function site(credentials: Credentials) {
  const one = await startOrigin({ address: nextAddress() }, () => ({}), credentials);
  running.push(one);
  return one;
}

describe("a handshake with an honest server", () => {
  test("records version, protocol, chain as sent and leaf", async () => {
    const step = await shake(origin);
    expect(step).toMatchObject({
      failure: null,
      sni: "orda.test",
      purpose: "target",
      version: "TLSv1.3",
      alpn: "http/1.1",
      trusted: true,
      answered: true,
      leaf: { subject: "CN=orda.test", issuer: "CN=Kuager Test CA", sans: ["orda.test", "*.orda.test"] },
    });
    const sent = good.cert.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    expect(step.chain).toEqual(sent.map((pem) => sha256Hex(new X509Certificate(pem).raw)));
    expect(step.leaf?.notAfter).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("does not add a root to the chain that the server did not send", async () => {
    const [leafOnly] = good.cert.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    expect((await shake(await site({ cert: leafOnly ?? "", key: good.key }))).chain).toHaveLength(1);
  });

  test("without a server name sends none and still judges the certificate by the target's name", async () => {
    const watcher = await gate(() => "pass");
    expect(await shake(watcher, { sni: null, purpose: "no-sni" })).toMatchObject({ sni: null, trusted: true });
    expect(watcher.seen).toMatchObject([{ sni: null }]);
  });
});

describe("a certificate that is not good", () => {
  test.each([
    ["expired", () => authority.issue({ names: ["orda.test"], ...expired() }), "ssl_invalid_certificate"],
    ["not yet valid", () => authority.issue({ names: ["orda.test"], ...notYetValid() }), "ssl_invalid_certificate"],
    ["of another name", () => authority.issue({ names: ["other.test"] }), "ssl_invalid_hostname"],
    ["self-signed", () => selfSigned({ names: ["orda.test"] }), "ssl_unknown_authority"],
    [
      "of an interception authority",
      async () => (await createInterceptionAuthority()).issue({ names: ["orda.test"] }),
      "ssl_unknown_authority",
    ],
  ] as const)("%s is seen whole and not trusted", async (_what, make, untrusted) => {
    const step = await shake(await site(await make()));
    expect(step).toMatchObject({ failure: null, trusted: false, untrusted, answered: true });
    expect(step.chain.length).toBeGreaterThan(0);
  });

  test("of an interception authority shows its issuer", async () => {
    const isca = await createInterceptionAuthority();
    const step = await shake(await site(await isca.issue({ names: ["orda.test"] })));
    expect(step.leaf?.issuer).toContain("Information Security Certification Authority");
  });
});

describe("a handshake that a censor ends", () => {
  test.each([
    ["reset", "connection_reset", false],
    ["silence", "generic_timeout_error", false],
    ["fin", "eof_error", false],
    ["alert", "ssl_failed_handshake", true],
  ] as const)("by %s is %s", async (act, failure, answered) => {
    const step = await shake(await gate(() => act));
    expect(step).toMatchObject({ failure, answered, chain: [], leaf: null, trusted: null });
  });

  test("by an answer that is no TLS is ssl_failed_handshake, and an answer", async () => {
    const step = await shake(await gate(() => ({ status: 403, body: "no" })));
    expect(step).toMatchObject({ failure: "ssl_failed_handshake", answered: true });
  });

  test("before it began is the same reset", async () => {
    const opened = await connect({ ip: origin.address, port: origin.port }, calm());
    if (!opened.ok) throw new Error("no connection");
    const { socket } = opened;
    socket.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET", syscall: "read" }));
    const result = await handshake({ socket, sni: "orda.test", name: "orda.test", purpose: "target" }, calm());
    expect(result).toMatchObject({ ok: false, step: { failure: "connection_reset" } });
  });

  test("is interrupted when the measurement is stopped", async () => {
    const silent = await gate(() => "silence");
    const opened = await connect({ ip: silent.address, port: silent.port }, calm());
    if (!opened.ok) throw new Error("no connection");
    const stop = new AbortController();
    const options = { socket: opened.socket, sni: "orda.test", name: "orda.test", purpose: "target" } as const;
    const shaking = handshake(options, stop.signal);
    stop.abort();
    expect(await shaking).toMatchObject({ ok: false, step: { failure: "interrupted" } });
  });
});

describe("a ClientHello in two segments", () => {
  const byName = (sni: string | null): GateAct => (sni === "orda.test" ? "reset" : "pass");

  test("passes a censor that reads single segments", async () => {
    const simple = await startGate(
      { address: nextAddress() },
      { upstream: origin, decide: ({ sni }) => byName(sni), reassembles: false },
    );
    running.push(simple);
    expect(await shake(simple)).toMatchObject({ failure: "connection_reset" });
    expect(await shake(simple, { purpose: "split-hello" })).toMatchObject({
      failure: null,
      trusted: true,
      answered: true,
    });
  });

  test("is read by a censor that puts segments together", async () => {
    const thorough = await startGate(
      { address: nextAddress() },
      { upstream: origin, decide: ({ sni }) => byName(sni), reassembles: true },
    );
    running.push(thorough);
    expect(await shake(thorough, { purpose: "split-hello" })).toMatchObject({
      failure: "connection_reset",
      answered: false,
    });
  });

  test.each([
    ["silence", "generic_timeout_error", false],
    ["fin", "eof_error", false],
    ["alert", "ssl_failed_handshake", true],
  ] as const)("ended by %s is named as for a whole one", async (act, failure, answered) => {
    const step = await shake(await gate(() => act, true), { purpose: "split-hello" });
    expect(step).toMatchObject({ failure, answered });
  });
});
