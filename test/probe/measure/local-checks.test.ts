import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureWeb, type WebOptions } from "../../../probe/measure/web.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import {
  closedPort,
  createAuthority,
  nextAddress,
  type Site,
  startOrigin,
  startWorld,
  type World,
} from "../../world/index.ts";
import { calm, QUICK, webSettings } from "./web-settings.ts";

let world: World;
let innocent: Site;
beforeAll(async () => {
  world = await startWorld();
  innocent = await world.addSite({ name: "innocent.test" });
});
afterAll(() => world.close());

const kinds = (body: WebBody) => (body.local ?? []).map(({ kind }) => kind);

function measure(url: string, more: Partial<WebOptions> = {}): Promise<WebBody> {
  const deadlines = { ...QUICK, dnsMs: 400 };
  return measureWeb(webSettings(world, url, { publicResolvers: [], doh: [], deadlines, ...more }), calm());
}

describe("a dead resolver", () => {
  test("is one that is silent for the site and for an innocent name", async () => {
    world.isp.zone["*"] = "silence";
    world.isp.zone["innocent.test"] = "silence";
    const body = await measure("https://gone.test/");
    delete world.isp.zone["*"];
    world.isp.zone["innocent.test"] = { a: innocent.addresses };
    expect(kinds(body)).toEqual(["resolver_dead"]);
    expect(body.dns.at(-1)).toMatchObject({ resolver: "system", name: "innocent.test", rcode: null });
  });

  test.each(["silence", "nxdomain", "malformed"] as const)("is not one that meets the site with %s", async (act) => {
    world.isp.zone["alone.test"] = act;
    const body = await measure("https://alone.test/");
    expect(kinds(body)).toEqual([]);
    const control = body.dns.filter(({ name }) => name === "innocent.test");
    expect(control).toMatchObject(act === "silence" ? [{ resolver: "system", rcode: "NOERROR" }] : []);
  });

  test("cannot be told without an innocent name", async () => {
    world.isp.zone["alone.test"] = "silence";
    expect(kinds(await measure("https://alone.test/", { controlSni: null }))).toEqual([]);
  });
});

describe("NCALayer", () => {
  const strange = async (name: string) => {
    const authority = await createAuthority("CN=Somebody");
    return world.addSite({ name, credentials: await authority.issue({ names: [name] }) });
  };

  test("is suspected when a certificate does not hold and it answers on this host", async () => {
    const site = await strange("nca.test");
    const credentials = await (await createAuthority("CN=NCALayer")).issue({ names: ["127.0.0.1"] });
    const layer = world.keep(await startOrigin({ address: "127.0.0.1" }, () => ({}), credentials));
    expect(kinds(await measure(site.url, { ncaLayerPort: layer.port }))).toEqual(["ncalayer"]);
    // A page whose certificate holds needs no excuse, and nobody asks the host for one.
    expect(kinds(await measure(innocent.url, { ncaLayerPort: layer.port }))).toEqual([]);
  });

  test("is not any other program on its port, nor nothing", async () => {
    const site = await strange("other.test");
    const plain = world.keep(await startOrigin({ address: "127.0.0.1" }, () => ({})));
    expect(kinds(await measure(site.url, { ncaLayerPort: plain.port }))).toEqual([]);
    expect(kinds(await measure(site.url, { ncaLayerPort: await closedPort("127.0.0.1") }))).toEqual([]);
  });
});

describe("the line that was used", () => {
  const facts = (address: string) => ({
    ...webSettings(world, "https://x.test/").host,
    hostsText: "",
    pppoe: false,
    proxyVariables: [],
    localRoots: () => [],
    nowMs: Date.now(),
    interfaces: [
      { name: "eth0", addresses: ["192.0.2.5"], wwan: false },
      { name: "tun0", addresses: [address], wwan: false },
    ],
  });

  test("is known by the address connections left from", async () => {
    expect(kinds(await measure(innocent.url, { host: facts("127.0.0.1") }))).toEqual(["vpn"]);
    expect(kinds(await measure(innocent.url, { host: facts("10.8.0.2") }))).toEqual([]);
  });

  test("is known by the route when no connection came about, and stays out of the record", async () => {
    const address = nextAddress();
    const url = `https://${address}:${await closedPort(address)}/`;
    const body = await measure(url, { host: facts("127.0.0.1") });
    expect(body.tcp.map(({ failure }) => failure)).toEqual(["connection_refused", "connection_refused"]);
    expect(kinds(body)).toEqual(["vpn"]);
    expect(JSON.stringify(body)).not.toContain('"127.0.0.1"');
  });
});
