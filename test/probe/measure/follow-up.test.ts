import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followUpBudget } from "../../../probe/measure/follow-up-budget.ts";
import { measureWeb, type WebOptions } from "../../../probe/measure/web.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import {
  closedPort,
  nextAddress,
  page,
  type Site,
  startBlackHole,
  startGate,
  startOrigin,
  startWorld,
  type World,
} from "../../world/index.ts";
import { calm, endpoint, QUICK, webSettings } from "./web-settings.ts";

let world: World;
let innocent: Site;
beforeAll(async () => {
  world = await startWorld();
  innocent = await world.addSite({ name: "innocent.test" });
});
afterAll(() => world.close());

async function measure(url: string, more: Partial<WebOptions> = {}): Promise<WebBody> {
  const body = await measureWeb(webSettings(world, url, { random: () => 0, ...more }), calm());
  expect(WebBody.safeParse(body).error).toBeUndefined();
  return body;
}

const tcpOf = (body: WebBody, id: number | undefined) => body.tcp.find((step) => step.id === id);

describe("the other port", () => {
  test("of a site whose handshake is reset is asked in clear, at the same address", async () => {
    const site = await world.addSite({ name: "reset.test", censor: { decide: ({ sni }) => (sni ? "reset" : "pass") } });
    const [address = ""] = site.addresses;
    const clear = world.keep(await startOrigin({ address }, () => ({ body: page("In clear") })));
    const body = await measure(site.url, { otherPorts: { http: clear.port, https: 1 }, controlSni: null });
    const http = body.http.find((step) => step.purpose === "other-port");
    expect(http).toMatchObject({ url: `http://reset.test:${clear.port}/`, status: 200, title: "In clear", tls: null });
    expect(tcpOf(body, http?.tcp)).toMatchObject({ ip: address, port: clear.port, purpose: "other-port" });
    expect(clear.asked).toMatchObject([{ host: `reset.test:${clear.port}` }]);
  });

  test("of an address that swallows connections is looked at, too", async () => {
    const hole = world.keep(await startBlackHole(nextAddress()));
    const clear = world.keep(await startOrigin({ address: hole.address }, () => ({})));
    world.isp.zone["port.test"] = { a: [hole.address] };
    const body = await measure(`https://port.test:${hole.port}/`, {
      otherPorts: { http: clear.port, https: 1 },
      deadlines: { ...QUICK, tcpMs: 300 },
    });
    expect(body.tcp).toMatchObject([
      { port: hole.port, failure: "generic_timeout_error" },
      { port: clear.port, failure: null, purpose: "other-port" },
      { purpose: "line-control" },
    ]);
    expect(body.tcp[0]).not.toHaveProperty("purpose");
  });

  test("of a page in clear that is cut off is asked over TLS, its handshake marked", async () => {
    const address = nextAddress();
    const clear = world.keep(await startOrigin({ address }, () => "reset"));
    const credentials = await world.authority.issue({ names: ["clear.test"] });
    const secure = world.keep(await startOrigin({ address }, () => ({}), credentials));
    world.isp.zone["clear.test"] = { a: [address] };
    const body = await measure(`http://clear.test:${clear.port}/`, {
      otherPorts: { http: 1, https: secure.port },
      controlSni: null,
    });
    expect(body.tls).toMatchObject([{ purpose: "other-port", sni: "clear.test", trusted: true }]);
    expect(body.http).toMatchObject([{ failure: "connection_reset" }, { purpose: "other-port", status: 200 }]);
  });

  test("is left alone when nothing was odd, and for a site on a port of its own", async () => {
    const asked = { otherPorts: { http: await closedPort(nextAddress()), https: 1 } };
    expect((await measure(innocent.url, asked)).tcp).toHaveLength(1);
    const address = nextAddress();
    const body = await measure(`https://${address}:${await closedPort(address)}/`);
    expect(body.tcp.map(({ purpose }) => purpose)).toEqual([undefined, "line-control"]);
  });
});

describe("a request in clear that is cut off because of its Host", () => {
  test("is told by an innocent Host at the same address", async () => {
    const origin = world.keep(await startOrigin({ address: nextAddress() }, () => ({ body: page("Innocent") })));
    const gate = world.keep(
      await startGate(
        { address: nextAddress() },
        { upstream: origin, decide: ({ host }) => (host === "host.test" ? "reset" : "pass") },
      ),
    );
    world.isp.zone["host.test"] = { a: [gate.address] };
    const body = await measure(`http://host.test:${gate.port}/`);
    expect(body.http).toMatchObject([
      { url: `http://host.test:${gate.port}/`, failure: "connection_reset", status: null },
      { url: `http://innocent.test:${gate.port}/`, failure: null, status: 200, purpose: "host-control" },
    ]);
    expect(body.tcp.map((step) => step.ip)).toEqual([gate.address, gate.address, innocent.addresses[0]]);
    expect(body.tcp[1]).toMatchObject({ purpose: "host-control" });
  });

  test("is told apart from a block page in clear as well", async () => {
    const origin = world.keep(
      await startOrigin({ address: nextAddress() }, ({ host }) => ({
        body: page(host.startsWith("paged.test") ? "Denied" : "Hello"),
      })),
    );
    world.isp.zone["paged.test"] = { a: [origin.address] };
    const body = await measure(`http://paged.test:${origin.port}/`, { isBlockPage: ({ title }) => title === "Denied" });
    expect(body.http.map(({ title, purpose }) => [title, purpose])).toEqual([
      ["Denied", undefined],
      ["Hello", "host-control"],
    ]);
  });
});

describe("the line", () => {
  const lineTrials = ({ tcp, tls }: WebBody) => ({
    tcp: tcp.filter(({ purpose }) => purpose === "line-control"),
    tls: tls.filter(({ purpose }) => purpose === "line-control"),
  });

  test("is tried once at the innocent site's own address, with a handshake over https", async () => {
    const site = await world.addSite({ name: "line.test", addresses: 2, censor: { decide: () => "reset" } });
    const { tcp, tls } = lineTrials(await measure(site.url));
    expect(tcp).toMatchObject([{ ip: innocent.addresses[0], failure: null }]);
    expect(tls).toMatchObject([{ tcp: tcp[0]?.id, sni: "innocent.test", failure: null, trusted: true }]);
  });

  test("is tried when connections fail, too, which asks the host's resolver for the innocent name", async () => {
    const address = nextAddress();
    world.isp.zone["shut.test"] = { a: [address] };
    const body = await measure(`https://shut.test:${world.port}/`, { followups: () => true });
    expect(lineTrials(body)).toMatchObject({ tcp: [{ ip: innocent.addresses[0] }], tls: [{ failure: null }] });
    expect(body.dns).toContainEqual(expect.objectContaining({ name: "innocent.test", resolver: "system" }));
  });

  test("is left alone without an innocent name, without an anomaly, and where that name is measured", async () => {
    const shut = `https://shut.test:${world.port}/`;
    world.isp.zone["shut.test"] = { a: [nextAddress()] };
    for (const body of [await measure(shut, { controlSni: null }), await measure(innocent.url)])
      expect(lineTrials(body)).toEqual({ tcp: [], tls: [] });
  });
});

describe("a false answer of DNS", () => {
  const hops = (body: WebBody) => body.dns.flatMap(({ ttl }) => (ttl === undefined ? [] : [ttl]));

  test("from a server on the internet is asked for again with 1 to 12 hops to live", async () => {
    const site = await world.addSite({ name: "lied.test" });
    const liar = nextAddress();
    world.publicDns.zone["lied.test"] = { race: [{ a: [liar] }, { a: site.addresses }], gapMs: 5 };
    const body = await measure(site.url, { deadlines: { ...QUICK, lateMs: 300 } });
    expect(hops(body)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const limited = body.dns.filter(({ ttl }) => ttl !== undefined);
    expect(new Set(limited.map(({ server }) => server))).toEqual(new Set([endpoint(world.publicDns)]));
    expect(limited[0]).toMatchObject({ name: "lied.test", type: "A", failure: null, answers: [{ data: liar }] });
  });

  test("from a resolver at home is not: its lies come from no distance", async () => {
    const site = await world.addSite({ name: "home.test" });
    world.isp.zone["home.test"] = "bogon";
    expect(hops(await measure(site.url, { allowPrivate: ["127.0.0.0/8"] }))).not.toEqual([]);
    expect(hops(await measure(site.url, { allowPrivate: false }))).toEqual([]);
  });

  test("is not looked for when there is none, or follow-ups are off", async () => {
    expect(hops(await measure(innocent.url))).toEqual([]);
    world.isp.zone["denied.test"] = "nxdomain";
    expect(hops(await measure(`https://denied.test:${world.port}/`))).toEqual([]);
    world.isp.zone["off.test"] = "bogon";
    const off = { followups: false, allowPrivate: ["127.0.0.0/8"] };
    expect(hops(await measure(`https://off.test:${world.port}/`, off))).toEqual([]);
  });
});

describe("both address families", () => {
  test("get the same steps and follow-ups each", async () => {
    const address = nextAddress();
    const origin = world.keep(
      await startOrigin({ address }, () => ({}), await world.authority.issue({ names: ["six.test"] })),
    );
    const reset = {
      upstream: origin,
      decide: ({ sni }: { sni: string | null }) => (sni === "six.test" ? "reset" : "pass"),
    } as const;
    const v6 = world.keep(await startGate({ address: "::1" }, reset));
    world.keep(await startGate({ address, port: v6.port }, reset));
    world.isp.zone["six.test"] = { a: [address], aaaa: ["::1"] };
    const body = await measure(`https://six.test:${v6.port}/`);
    for (const ip of [address, "::1"]) {
      const there = body.tls.filter((step) => tcpOf(body, step.tcp)?.ip === ip).map((step) => step.purpose);
      expect(there).toEqual(expect.arrayContaining(["target", "sni-control", "no-sni", "split-hello"]));
    }
  });
});

describe("the budget of follow-ups", () => {
  test("gives a target one set an hour, whatever other targets had", () => {
    const first = followUpBudget(new Map(), "orda.kz", 1000);
    expect(first).toEqual({ allowed: true, made: new Map([["orda.kz", 1000]]) });
    expect(followUpBudget(first.made, "orda.kz", 3_600_999)).toEqual({ allowed: false, made: first.made });
    expect(followUpBudget(first.made, "other.kz", 1001).allowed).toBe(true);
    const later = followUpBudget(first.made, "orda.kz", 3_601_000);
    expect(later).toEqual({ allowed: true, made: new Map([["orda.kz", 3_601_000]]) });
  });

  test("forgets what no longer counts, so that it stays small", () => {
    let made: ReadonlyMap<string, number> = new Map();
    for (let hour = 0; hour < 50; hour++) made = followUpBudget(made, `site-${hour}.kz`, hour * 3_600_000).made;
    expect(made.size).toBe(1);
  });

  test("is asked once, and only when there was something odd", async () => {
    let asked = 0;
    const followups = () => ++asked > 1;
    await measure(innocent.url, { followups });
    expect(asked).toBe(0);
    const site = await world.addSite({ name: "asked.test", addresses: 2, censor: { decide: () => "reset" } });
    expect((await measure(site.url, { followups })).tls.map(({ purpose }) => purpose)).toEqual(["target", "target"]);
    expect(asked).toBe(1);
    expect((await measure(site.url, { followups })).tls.length).toBeGreaterThan(2);
    expect(asked).toBe(2);
  });
});
