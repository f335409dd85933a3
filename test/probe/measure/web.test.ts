import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureWeb, type WebOptions } from "../../../probe/measure/web.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import {
  createInterceptionAuthority,
  type GateAct,
  nextAddress,
  page,
  type Site,
  type SiteOrder,
  startBlackHole,
  startGate,
  startOrigin,
  startWorld,
  type World,
} from "../../world/index.ts";
import { calm, endpoint, QUICK, QUIET_HOST, webSettings } from "./web-settings.ts";

let world: World;
let innocent: Site;
beforeAll(async () => {
  world = await startWorld();
  innocent = await world.addSite({ name: "innocent.test" });
});
afterAll(() => world.close());

/** Measures a URL and checks that the body is of the form the protocol asks. */
async function measure(url: string, more: Partial<WebOptions> = {}, signal = calm()): Promise<WebBody> {
  const body = await measureWeb(webSettings(world, url, more), signal);
  expect(WebBody.safeParse(body).error).toBeUndefined();
  const ids = [...body.dns, ...body.tcp, ...body.tls, ...body.http].map((step) => step.id);
  expect(new Set(ids).size).toBe(ids.length);
  return body;
}

function censored(name: string, act: GateAct, more: Partial<SiteOrder> = {}): Promise<Site> {
  return world.addSite({ name, censor: { decide: ({ sni }) => (sni === name ? act : "pass") }, ...more });
}

const purposes = (body: WebBody) => body.tls.map((step) => step.purpose);
const follow = (body: WebBody, purpose: string) => body.tls.find((step) => step.purpose === purpose);
const addressOf = (body: WebBody, tcp: number) => body.tcp.find((step) => step.id === tcp)?.ip;

describe("an open site", () => {
  test("is asked for at every resolver, for both families, then reached once and fetched", async () => {
    const site = await world.addSite({ name: "open.test" });
    const body = await measure(site.url);
    expect(body.dns.map((step) => `${step.resolver} ${step.type}`)).toEqual([
      "system A",
      "system AAAA",
      `udp:${world.publicDns.address} A`,
      `udp:${world.publicDns.address} AAAA`,
      `doh:${world.doh.address} A`,
      `doh:${world.doh.address} AAAA`,
    ]);
    expect(body.tcp).toMatchObject([{ ip: site.addresses[0], port: site.port, failure: null }]);
    expect(body.tls).toMatchObject([{ tcp: body.tcp[0]?.id, sni: "open.test", purpose: "target", trusted: true }]);
    expect(body.http).toMatchObject([{ tcp: body.tcp[0]?.id, tls: body.tls[0]?.id, status: 200, title: "open.test" }]);
    expect(body).not.toHaveProperty("local");
  });

  test("is asked for through getaddrinfo too", async () => {
    const site = await world.addSite({ name: "by-os.test" });
    let asked = 0;
    const lookup = async () => {
      asked++;
      return site.addresses.map((address) => ({ address, family: 4 }));
    };
    const body = await measure(site.url, { lookup, systemResolvers: [], publicResolvers: [], doh: [] });
    expect(body.dns).toMatchObject([
      { resolver: "os", server: null, type: "A", failure: null },
      { resolver: "os", server: null, type: "AAAA", failure: "dns_no_answer" },
    ]);
    expect(asked).toBe(1);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });

  test("over plain http has no TLS steps", async () => {
    const origin = world.keep(await startOrigin({ address: nextAddress() }, () => ({ body: page("plain") })));
    world.isp.zone["plain.test"] = { a: [origin.address] };
    const body = await measure(`http://plain.test:${origin.port}/`);
    expect(body.tls).toEqual([]);
    expect(body.http).toMatchObject([{ tls: null, status: 200, title: "plain" }]);
  });

  test("named by an address is not asked for in DNS and sends no server name", async () => {
    const address = nextAddress();
    const credentials = await world.authority.issue({ names: [address] });
    const origin = world.keep(await startOrigin({ address }, () => ({}), credentials));
    const body = await measure(`https://${address}:${origin.port}/`);
    expect(body.dns).toEqual([]);
    expect(body.tls).toMatchObject([{ sni: null, trusted: true }]);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });
});

describe("several addresses", () => {
  test("are all tried, in the order system, public, DoH, controls, each once", async () => {
    const site = await world.addSite({ name: "many.test", addresses: 4 });
    const [first = "", second = "", third = "", fourth = ""] = site.addresses;
    world.isp.zone["many.test"] = { a: [second] };
    world.publicDns.zone["many.test"] = { a: [second, first] };
    world.doh.zone["many.test"] = { a: [third, first] };
    const body = await measure(site.url, { addresses: [fourth, first] });
    expect(body.tcp.map((step) => step.ip)).toEqual([second, first, third, fourth]);
    expect(body.http.map((step) => step.status)).toEqual([200, 200, 200, 200]);
  });

  test("are judged one by one: the blocked one does not hide the open one", async () => {
    const site = await world.addSite({ name: "half.test", addresses: 2 });
    const [blocked = "", open = ""] = site.addresses;
    await site.origins[0]?.close();
    world.keep(
      await startGate(
        { address: blocked, port: world.port },
        { upstream: { address: open, port: world.port }, decide: () => "reset" },
      ),
    );
    const body = await measure(site.url);
    expect(body.tcp.slice(0, 2).map((step) => step.ip)).toEqual([blocked, open]);
    expect(body.tls.slice(0, 2)).toMatchObject([{ failure: "connection_reset" }, { failure: null }]);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });

  test("read the page whole once and only its beginning from the others", async () => {
    const long = Buffer.alloc(30_000, 97);
    const site = await world.addSite({ name: "long.test", addresses: 2, answer: () => ({ body: long }) });
    const body = await measure(site.url);
    expect(body.http).toMatchObject([{ truncated: false, bodyBytes: 30_000 }, { truncated: true }]);
    expect(body.http[1]?.bodyBytes).toBeLessThan(20_000);
  });

  test("are capped for each family", async () => {
    const many = Array.from({ length: 20 }, (_, index) => `127.250.0.${index + 1}`);
    world.isp.zone["crowd.test"] = { a: many, aaaa: ["::1"] };
    const body = await measure(`https://crowd.test:${world.port}/`, { followups: false });
    expect(body.tcp.filter((step) => step.ip.startsWith("127."))).toHaveLength(LIMITS.addressesPerName);
    expect(body.tcp.filter((step) => step.ip === "::1")).toHaveLength(1);
  });

  test("that swallow connections are each recorded as silent", async () => {
    const hole = world.keep(await startBlackHole(nextAddress()));
    world.isp.zone["hole.test"] = { a: [hole.address] };
    const body = await measure(`https://hole.test:${hole.port}/`, { deadlines: { ...QUICK, tcpMs: 200 } });
    expect(body.tcp).toMatchObject([{ failure: "generic_timeout_error" }, { purpose: "line-control" }]);
    expect(body.tls).toEqual([]);
  });
});

describe("lies in DNS", () => {
  test("a bogon is recorded and not connected to", async () => {
    const site = await world.addSite({ name: "bogon.test" });
    world.isp.zone["bogon.test"] = "bogon";
    const loopbackOnly = { allowPrivate: ["127.0.0.0/8"] };
    const body = await measure(site.url, loopbackOnly);
    expect(body.dns.slice(0, 2)).toMatchObject([
      { resolver: "system", failure: "dns_bogon_error", answers: [{ data: "10.10.34.34" }] },
      { resolver: "system", failure: "dns_bogon_error", answers: [{ data: "fd00::34" }] },
    ]);
    expect(body.tcp.map((step) => step.ip)).toEqual([...site.addresses]);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });

  test("without leave no private address is connected to, not even one from controls or a redirect", async () => {
    const body = await measure(`https://open.test:${world.port}/`, { allowPrivate: false, addresses: ["192.168.1.1"] });
    expect(body.dns[0]).toMatchObject({ failure: "dns_bogon_error" });
    expect(body.tcp).toEqual([]);
  });

  test("two answers to one question are both recorded and both tried", async () => {
    const site = await world.addSite({ name: "race.test" });
    const liar = world.keep(await startOrigin({ address: nextAddress() }, () => ({ body: page("lie") })));
    world.isp.zone["race.test"] = { race: [{ a: [liar.address] }, { a: site.addresses }], gapMs: 15 };
    const body = await measure(site.url, { publicResolvers: [], doh: [], deadlines: { ...QUICK, lateMs: 400 } });
    expect(body.dns[0]).toMatchObject({
      answers: [{ data: liar.address }],
      late: [{ answers: [{ data: site.addresses[0] }] }],
    });
    expect(body.tcp[0]).toMatchObject({ ip: liar.address, failure: "connection_refused" });
    expect(body.http).toMatchObject([{ status: 200, title: "race.test" }]);
  });

  test.each(["nxdomain", "refused", "silence", "servfail"] as const)(
    "%s from the ISP does not stop the others",
    async (act) => {
      const site = await world.addSite({ name: `isp-${act}.test` });
      world.isp.zone[site.name] = act;
      const body = await measure(site.url, { deadlines: { ...QUICK, dnsMs: 400 } });
      expect(body.dns[0]?.failure).not.toBeNull();
      expect(body.dns[0]?.answers).toEqual([]);
      expect(body.http).toMatchObject([{ status: 200 }]);
    },
  );

  test("a forged address with a forged certificate is seen whole, page included", async () => {
    const site = await world.addSite({ name: "forged.test" });
    const isca = await createInterceptionAuthority();
    const address = nextAddress();
    const credentials = await isca.issue({ names: ["forged.test"] });
    world.keep(await startOrigin({ address, port: world.port }, () => ({ body: page("Blocked") }), credentials));
    world.isp.zone["forged.test"] = { a: [address] };
    const body = await measure(site.url);
    expect(body.tls[0]).toMatchObject({ trusted: false, untrusted: "ssl_unknown_authority" });
    expect(body.tls[0]?.leaf?.issuer).toContain("Information Security");
    expect(body.http).toMatchObject([{ title: "Blocked" }, { title: "forged.test" }]);
  });
});

describe("a censor that reads the server name", () => {
  test("and goes silent: TCP is fine, TLS has no answer, the innocent name at the same address has one", async () => {
    const site = await censored("silent.test", "silence");
    const body = await measure(site.url);
    const [address] = site.addresses;
    expect(body.tcp[0]).toMatchObject({ ip: address, failure: null });
    expect(body.tls[0]).toMatchObject({
      sni: "silent.test",
      purpose: "target",
      failure: "generic_timeout_error",
      answered: false,
    });
    const control = follow(body, "sni-control");
    expect(control).toMatchObject({ sni: "innocent.test", failure: null, answered: true });
    expect(addressOf(body, control?.tcp ?? 0)).toBe(address);
    expect(body.http).toEqual([]);
  });

  test("is told apart by all five follow-ups, in an order of their own, each on a connection of its own", async () => {
    const site = await censored("four.test", "reset");
    const inOrder = await measure(site.url, { random: () => 0 });
    expect(purposes(inOrder)).toEqual([
      "target",
      "sni-control",
      "no-sni",
      "split-hello",
      "alt-address",
      "line-control",
    ]);
    const body = await measure(site.url, { random: () => 0.99 });
    expect(purposes(body)).toEqual(["target", "line-control", "alt-address", "split-hello", "no-sni", "sni-control"]);
    expect(body.tcp.map((step) => step.purpose)).toEqual([undefined, ...purposes(body).slice(1)]);
    expect(body.tls[0]).toMatchObject({ failure: "connection_reset", answered: false });
    expect(follow(body, "no-sni")).toMatchObject({ sni: null, failure: null, trusted: true });
    expect(follow(body, "split-hello")).toMatchObject({ sni: "four.test", failure: null, trusted: true });
    const elsewhere = follow(body, "alt-address");
    expect(elsewhere).toMatchObject({ sni: "four.test", answered: true });
    expect(addressOf(body, elsewhere?.tcp ?? 0)).toBe(innocent.addresses[0]);
    expect(new Set(body.tls.map((step) => step.tcp)).size).toBe(6);
  });

  test.each([
    ["fin", "eof_error"],
    ["alert", "ssl_failed_handshake"],
  ] as const)("and answers with %s is %s", async (act, failure) => {
    const site = await censored(`${act}.test`, act);
    const body = await measure(site.url);
    expect(body.tls[0]).toMatchObject({ failure });
    expect(follow(body, "sni-control")).toMatchObject({ failure: null });
  });

  test("is not followed up when that is switched off, or nothing is odd", async () => {
    const site = await censored("off.test", "reset");
    expect(purposes(await measure(site.url, { followups: false }))).toEqual(["target"]);
    expect(purposes(await measure(innocent.url))).toEqual(["target"]);
  });

  test("without an innocent name is followed up by what needs none", async () => {
    const site = await censored("alone.test", "reset");
    expect(purposes(await measure(site.url, { controlSni: null, random: () => 0 }))).toEqual([
      "target",
      "no-sni",
      "split-hello",
    ]);
  });

  test("and puts another server in the way shows a foreign chain", async () => {
    const isca = await createInterceptionAuthority();
    const middle = world.keep(
      await startOrigin({ address: nextAddress() }, () => ({}), await isca.issue({ names: ["mitm.test"] })),
    );
    const site = await censored("mitm.test", { to: middle });
    const body = await measure(site.url);
    expect(body.tls[0]).toMatchObject({ failure: null, trusted: false, untrusted: "ssl_unknown_authority" });
    expect(follow(body, "sni-control")?.chain).not.toEqual(body.tls[0]?.chain);
  });
});

describe("redirects", () => {
  test("are followed hop by hop, each with its own steps", async () => {
    const last = await world.addSite({ name: "last.test", answer: () => ({ body: page("the end") }) });
    const middle = await world.addSite({
      name: "middle.test",
      answer: ({ path }) =>
        path === "/"
          ? { status: 307, headers: { location: "/two" } }
          : { status: 308, headers: { location: last.url } },
    });
    const first = await world.addSite({
      name: "first.test",
      answer: () => ({ status: 301, headers: { location: middle.url } }),
    });
    const body = await measure(first.url);
    expect(body.http.map((step) => [step.url, step.status])).toEqual([
      [first.url, 301],
      [middle.url, 307],
      [`${middle.url}two`, 308],
      [last.url, 200],
    ]);
    expect(body.tls.map((step) => step.sni)).toEqual(["first.test", "middle.test", "middle.test", "last.test"]);
    expect([...new Set(body.dns.map((step) => step.name))]).toEqual(["first.test", "middle.test", "last.test"]);
    expect(new Set(body.http.map((step) => step.tcp)).size).toBe(4);
  });

  test("to a blocked name show where the block is", async () => {
    const blocked = await censored("behind.test", "reset");
    const short = await world.addSite({
      name: "short.test",
      answer: () => ({ status: 302, headers: { location: blocked.url } }),
    });
    const body = await measure(short.url);
    expect(body.http).toMatchObject([{ url: short.url, status: 302, failure: null }]);
    expect(body.tls.slice(0, 2)).toMatchObject([
      { sni: "short.test", failure: null },
      { sni: "behind.test", failure: "connection_reset" },
    ]);
    expect(follow(body, "sni-control")).toMatchObject({ failure: null });
  });

  test("in a circle or without end stop", async () => {
    let count = 0;
    const endless = await world.addSite({
      name: "endless.test",
      answer: () => ({ status: 302, headers: { location: `/${++count}` } }),
    });
    expect((await measure(endless.url)).http).toHaveLength(LIMITS.redirects + 1);
    const circle = await world.addSite({
      name: "circle.test",
      answer: ({ path }) => ({ status: 302, headers: { location: path === "/" ? "/a" : "/" } }),
    });
    expect((await measure(circle.url)).http).toHaveLength(2);
  });

  test("into a home network are recorded and not followed", async () => {
    const site = await world.addSite({
      name: "inward.test",
      answer: () => ({ status: 302, headers: { location: "http://192.168.1.1/admin" } }),
    });
    const body = await measure(site.url, { allowPrivate: ["127.0.0.0/8"] });
    expect(body.http).toMatchObject([{ status: 302, location: "http://192.168.1.1/admin" }]);
    expect(body.tcp).toHaveLength(1);
  });

  test("of two addresses to two places are both followed", async () => {
    const truth = await world.addSite({ name: "truth.test" });
    const lie = await world.addSite({ name: "lie.test", answer: () => ({ status: 451, body: page("Denied") }) });
    const site = await world.addSite({ name: "fork.test", addresses: 2 });
    await Promise.all(site.origins.map((origin) => origin.close()));
    const credentials = await world.authority.issue({ names: ["fork.test"] });
    for (const [index, to] of [lie, truth].entries())
      world.keep(
        await startOrigin(
          { address: site.addresses[index] ?? "", port: world.port },
          () => ({ status: 302, headers: { location: to.url } }),
          credentials,
        ),
      );
    const body = await measure(site.url);
    expect(body.http.map((step) => step.status)).toEqual([302, 302, 451, 200]);
  });
});

describe("the end of a measurement", () => {
  test("by its total deadline leaves a valid body with what was seen", async () => {
    const site = await censored("slow.test", "silence", { addresses: 3 });
    const body = await measure(site.url, { deadlines: { ...QUICK, tlsMs: 60_000, totalMs: 600 } });
    expect(body.dns[0]).toMatchObject({ failure: null });
    expect(body.tls).toMatchObject([{ failure: "interrupted" }]);
  });

  test("by an abort leaves a valid body with what was seen", async () => {
    const site = await censored("stop.test", "silence");
    const stop = new AbortController();
    const decided = waitFor(() => (site.gates[0]?.seen.length ?? 0) > 0).then(() => stop.abort());
    const body = await measure(site.url, { deadlines: { ...QUICK, tlsMs: 60_000 } }, stop.signal);
    await decided;
    expect(body.tcp).toMatchObject([{ failure: null }]);
    expect(body.tls).toMatchObject([{ failure: "interrupted" }]);
  });

  test("before it began leaves an empty body", async () => {
    const body = await measure(innocent.url, {}, AbortSignal.abort());
    expect(body.dns.every((step) => step.failure === "interrupted")).toBe(true);
    expect(body.tcp).toEqual([]);
  });

  test("never overfills the record, however many resolvers there are", async () => {
    const publicResolvers = Array.from({ length: 40 }, () => endpoint(world.publicDns));
    const body = await measure(innocent.url, { publicResolvers });
    expect(body.dns).toHaveLength(LIMITS.stepsPerKind);
    expect(body.http).toMatchObject([{ status: 200 }]);
  });
});

test("what is suspicious on the host stands in the body", async () => {
  const host = {
    ...QUIET_HOST,
    hostsText: `127.0.0.1 ${innocent.name}`,
    interfaces: [{ name: "tun0", addresses: ["127.0.0.1"], wwan: false }],
  };
  const body = await measure(innocent.url, { host });
  expect(body.local?.map((suspect) => suspect.kind)).toEqual(["hosts_file", "vpn"]);
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
