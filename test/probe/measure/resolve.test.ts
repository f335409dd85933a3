import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limitedLookup } from "../../../probe/measure/dns-os.ts";
import { type Question, resolve } from "../../../probe/measure/resolve.ts";
import { trustIn } from "../../../probe/measure/trust.ts";
import { closedPort, type DnsAct, nextAddress, startWorld, type World } from "../../world/index.ts";
import { calm, endpoint } from "./web-settings.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Asks the world's ISP for a name that it answers with `act`. */
function ask(act: DnsAct, more: Partial<Question> = {}) {
  world.isp.zone["orda.test"] = act;
  const server = endpoint(world.isp);
  const allowed = { timeoutMs: 400, lateMs: 60, isBogon: (ip: string) => !ip.startsWith("127.") };
  return resolve({ resolver: "system", server, name: "orda.test", type: "A", ...allowed, ...more }, calm());
}

describe("a question over UDP", () => {
  test("brings the addresses, their time to live and the rcode", async () => {
    expect(await ask({ a: ["127.1.2.3", "127.1.2.4"] })).toMatchObject({
      resolver: "system",
      transport: "udp",
      failure: null,
      rcode: "NOERROR",
      answers: [
        { type: "A", data: "127.1.2.3", ttl: 60 },
        { type: "A", data: "127.1.2.4", ttl: 60 },
      ],
      late: [],
    });
  });

  test.each([
    ["nxdomain", "dns_nxdomain_error", "NXDOMAIN"],
    ["refused", "dns_refused_error", "REFUSED"],
    ["servfail", "dns_servfail_error", "SERVFAIL"],
    ["empty", "dns_no_answer", "NOERROR"],
    ["bogon", "dns_bogon_error", "NOERROR"],
    ["malformed", "dns_malformed_answer", null],
    ["wrong-id", "dns_reply_with_wrong_query_id", null],
    ["silence", "generic_timeout_error", null],
  ] as const)("answered with %s is %s", async (act, failure, rcode) => {
    expect(await ask(act)).toMatchObject({ failure, rcode });
  });

  test("keeps a bogon answer in the record", async () => {
    expect((await ask("bogon")).answers).toEqual([{ type: "A", data: "10.10.34.34", ttl: 60 }]);
  });

  test("to a name server's closed port is connection_refused", async () => {
    const address = nextAddress();
    const server = `${address}:${await closedPort(address)}`;
    expect(await ask("silence", { server })).toMatchObject({ failure: "connection_refused", raw: "ECONNREFUSED" });
  });

  test("records a different answer that comes later, with its time", async () => {
    const step = await ask({ race: [{ a: ["127.6.6.6"] }, { a: ["127.1.2.3"] }], gapMs: 20 }, { lateMs: 400 });
    expect(step).toMatchObject({ failure: null, answers: [{ data: "127.6.6.6" }] });
    expect(step.late).toMatchObject([{ rcode: "NOERROR", answers: [{ type: "A", data: "127.1.2.3" }] }]);
    expect(step.late[0]?.atMs).toBeGreaterThan(step.durationMs);
  });

  test("records a late answer after a forged NXDOMAIN and after a malformed one", async () => {
    const nothing = await ask({ race: ["nxdomain", { a: ["127.1.2.3"] }], gapMs: 5 }, { lateMs: 400 });
    expect(nothing).toMatchObject({ failure: "dns_nxdomain_error", late: [{ rcode: "NOERROR" }] });
    const broken = await ask({ race: ["malformed", { a: ["127.1.2.3"] }], gapMs: 5 }, { lateMs: 400 });
    expect(broken).toMatchObject({ failure: "dns_malformed_answer", late: [{ rcode: "NOERROR" }] });
  });

  test("passes over a repetition of the same answer, even in another order", async () => {
    const again: DnsAct = { race: [{ a: ["127.1.1.1", "127.1.1.2"] }, { a: ["127.1.1.2", "127.1.1.1"] }], gapMs: 5 };
    expect((await ask(again, { lateMs: 200 })).late).toEqual([]);
  });

  test("waits for the right id when a wrong one comes first", async () => {
    const step = await ask({ race: ["wrong-id", { a: ["127.1.2.3"] }], gapMs: 20 });
    expect(step).toMatchObject({ failure: null, answers: [{ data: "127.1.2.3" }] });
  });

  test("is asked again over TCP when the answer was cut off", async () => {
    const step = await ask({ truncated: { a: ["127.1.2.3"] } });
    expect(step).toMatchObject({ transport: "tcp", failure: null, answers: [{ data: "127.1.2.3" }] });
  });

  test("is interrupted when the measurement is stopped", async () => {
    const stop = new AbortController();
    world.isp.zone["orda.test"] = "silence";
    const server = endpoint(world.isp);
    const asking = resolve({ resolver: "system", server, name: "orda.test", type: "A" }, stop.signal);
    stop.abort();
    expect(await asking).toMatchObject({ failure: "interrupted" });
  });

  test("for a name that DNS cannot carry fails without being asked", async () => {
    expect(await ask("nxdomain", { name: `${"x".repeat(64)}.kz` })).toMatchObject({
      failure: "dns_non_recoverable_failure",
    });
  });
});

describe("a question to the operating system", () => {
  const os = { resolver: "os", server: null } as const;

  test("splits what getaddrinfo gave by family", async () => {
    const lookup = async () => [
      { address: "127.1.2.3", family: 4 },
      { address: "::1", family: 6 },
    ];
    expect(await ask("silence", { ...os, lookup })).toMatchObject({
      transport: "os",
      rcode: null,
      answers: [{ type: "A", data: "127.1.2.3", ttl: null }],
    });
    const bogons = await ask("silence", { ...os, lookup, type: "AAAA" });
    expect(bogons).toMatchObject({ failure: "dns_bogon_error", answers: [{ type: "AAAA", data: "::1" }] });
  });

  test.each([
    ["ENOTFOUND", "dns_nxdomain_error"],
    ["EAI_AGAIN", "dns_temporary_failure"],
    ["EAI_FAIL", "dns_non_recoverable_failure"],
  ])("that ends with %s is %s", async (code, failure) => {
    const lookup = () => Promise.reject(Object.assign(new Error("lookup"), { code }));
    expect(await ask("silence", { ...os, lookup })).toMatchObject({ failure, raw: code });
  });

  test("that never ends has a deadline", async () => {
    const lookup = () => new Promise<never>(() => {});
    expect(await ask("silence", { ...os, lookup, timeoutMs: 30 })).toMatchObject({ failure: "generic_timeout_error" });
  });

  test("takes its turn, and is passed over when it waited too long", async () => {
    let running = 0;
    let most = 0;
    const inner = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      return [];
    };
    const patient = limitedLookup(inner, 2, 10_000);
    await Promise.all(["a", "b", "c", "d", "e"].map(patient));
    expect(most).toBe(2);
    const hasty = limitedLookup(inner, 1, 1);
    const ends = await Promise.allSettled(["a", "b"].map(hasty));
    expect(ends).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "ETIMEDOUT" } }]);
  });

  test("knows localhost", async () => {
    const step = await ask("silence", { ...os, name: "localhost", timeoutMs: 4000 });
    expect(step).toMatchObject({ failure: null, answers: [{ data: "127.0.0.1" }] });
  });
});

describe("a question over HTTPS", () => {
  const doh = (act: DnsAct, more: Partial<Question> = {}) => {
    world.doh.zone["orda.test"] = act;
    const server = world.doh.url;
    const trust = trustIn([world.authority.ca]);
    return ask(act, { resolver: `doh:${world.doh.address}`, server, trust, timeoutMs: 2000, ...more });
  };

  test("brings the addresses", async () => {
    expect(await doh({ a: ["127.1.2.3"] })).toMatchObject({
      transport: "https",
      failure: null,
      rcode: "NOERROR",
      answers: [{ data: "127.1.2.3" }],
    });
  });

  test.each([
    ["nxdomain", "dns_nxdomain_error"],
    ["malformed", "dns_malformed_answer"],
  ] as const)("answered with %s is %s", async (act, failure) => {
    expect(await doh(act)).toMatchObject({ failure });
  });

  test("has a deadline", async () => {
    expect(await doh("silence", { timeoutMs: 200 })).toMatchObject({ failure: "generic_timeout_error" });
  });

  test("is refused when the server's certificate is not trusted", async () => {
    expect(await doh({ a: ["127.1.2.3"] }, { trust: trustIn([]) })).toMatchObject({ failure: "ssl_unknown_authority" });
  });

  test("to another page of the server is http_unexpected_status_code", async () => {
    const server = world.doh.url.replace("dns-query", "nothing");
    expect(await doh("empty", { server })).toMatchObject({ failure: "http_unexpected_status_code", raw: "status 400" });
  });

  test("to a closed port is connection_refused", async () => {
    const address = nextAddress();
    const server = `https://${address}:${await closedPort(address)}/dns-query`;
    expect(await doh("empty", { server })).toMatchObject({ failure: "connection_refused" });
  });
});
