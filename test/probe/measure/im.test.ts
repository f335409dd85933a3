import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImOptions, measureIm } from "../../../probe/measure/im.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { check } from "../../../protocol/parse.ts";
import { ImBody } from "../../../protocol/records/im.ts";
import type { Messenger } from "../../../targets/messengers.ts";
import {
  closedPort,
  createAuthority,
  nextAddress,
  page,
  startBlackHole,
  startWorld,
  type World,
} from "../../world/index.ts";
import { type Centre, startCentre } from "../../world/messenger.ts";
import { calm, endpoint, QUICK, QUIET_HOST } from "./web-settings.ts";

let world: World;
let centre: Centre;
beforeAll(async () => {
  world = await startWorld();
  centre = world.keep(await startCentre(3));
});
afterAll(() => world.close());

const NOTHING: Messenger = { service: "telegram", addresses: [], names: [], sites: [], roots: [] };

function settings(messenger: Partial<Messenger>, more: Partial<ImOptions> = {}): ImOptions {
  return {
    messenger: { ...NOTHING, ...messenger },
    round: randomUUID(),
    systemResolvers: [endpoint(world.isp)],
    publicResolvers: [endpoint(world.publicDns)],
    doh: [world.doh.url],
    ca: [world.authority.ca],
    deadlines: QUICK,
    allowPrivate: true,
    lookup: null,
    host: QUIET_HOST,
    ...more,
  };
}

/** Measures, and sees that the body is one that the collector takes. */
async function measured(options: ImOptions, signal = calm()) {
  const body = await measureIm(options, signal);
  expect(check(ImBody, body)).toMatchObject({ ok: true });
  const ids = [...body.dns, ...body.tcp, ...body.tls, ...body.http].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return body;
}

function at(address: string, ports: readonly number[]) {
  return { ip: address, ports };
}

describe("a messenger's data centres", () => {
  test("are each connected to once on every port", async () => {
    const other = world.keep(await startCentre(2));
    const addresses = [at(centre.address, centre.ports), at(other.address, other.ports)];
    const body = await measured(settings({ addresses }));
    expect(body).toMatchObject({ service: "telegram", dns: [], tls: [], http: [] });
    expect(body.tcp.map(({ ip, port, failure }) => `${ip} ${port} ${failure}`).sort()).toEqual(
      addresses.flatMap(({ ip, ports }) => ports.map((port) => `${ip} ${port} null`)).sort(),
    );
    expect([...other.reached.values()]).toEqual([1, 1]);
  });

  test("that refuse or swallow connections hide none of the others", async () => {
    const hole = world.keep(await startBlackHole(nextAddress()));
    const refusing = nextAddress();
    const body = await measured(
      settings({
        addresses: [
          at(hole.address, [hole.port]),
          at(refusing, [await closedPort(refusing)]),
          at(centre.address, centre.ports),
        ],
      }),
    );
    expect(body.tcp.map(({ failure }) => failure ?? "ok").sort()).toEqual([
      "connection_refused",
      "generic_timeout_error",
      "ok",
      "ok",
      "ok",
    ]);
  });

  test("that have names are asked for briefly, and connected to once each address and port", async () => {
    for (const zone of [world.isp.zone, world.publicDns.zone]) {
      zone["e1.centre.test"] = { a: [centre.address] };
      zone["e2.centre.test"] = { a: [centre.address] };
    }
    const names = ["e1.centre.test", "e2.centre.test"].map((host) => ({ host, ports: centre.ports }));
    const body = await measured(settings({ service: "whatsapp", names }));
    expect(body.dns.map(({ name, resolver, type }) => `${name} ${resolver.split(":")[0]} ${type}`).sort()).toEqual([
      "e1.centre.test system A",
      "e1.centre.test udp A",
      "e2.centre.test system A",
      "e2.centre.test udp A",
    ]);
    expect(body.tcp.map(({ port }) => port).sort()).toEqual([...centre.ports].sort());
  });

  test("are reached at the address that other resolvers know when the host's own lies", async () => {
    const liar = nextAddress();
    world.isp.zone["e3.centre.test"] = { a: [liar] };
    world.publicDns.zone["e3.centre.test"] = { a: [centre.address] };
    const names = [{ host: "e3.centre.test", ports: [centre.port] }];
    const body = await measured(settings({ service: "whatsapp", names }));
    expect(body.tcp.map(({ ip, failure }) => `${ip} ${failure}`)).toEqual([
      `${liar} connection_refused`,
      `${centre.address} null`,
    ]);
  });

  test("are not dialled at private addresses outside a laboratory", async () => {
    const body = await measured(settings({ addresses: [at(centre.address, centre.ports)] }, { allowPrivate: false }));
    expect(body.tcp).toEqual([]);
  });
});

describe("a messenger's servers", () => {
  test("are resolved by every resolver and shaken hands with; only the web client is asked for its page", async () => {
    const web = await world.addSite({ name: "web.im.test", answer: () => ({ body: page("Web client") }) });
    const chat = await world.addSite({ name: "chat.im.test" });
    const sites = [
      { url: web.url, page: true, addresses: [] },
      { url: chat.url, page: false, addresses: [] },
    ];
    const body = await measured(settings({ sites }));
    expect(new Set(body.dns.map(({ name, resolver }) => `${name} ${resolver.split(":")[0]}`)).size).toBe(6);
    expect(body.tls.map(({ sni, failure, trusted }) => ({ sni, failure, trusted })).sort(bySni)).toEqual([
      { sni: "chat.im.test", failure: null, trusted: true },
      { sni: "web.im.test", failure: null, trusted: true },
    ]);
    expect(body.http).toMatchObject([{ status: 200, title: "Web client" }]);
    expect(chat.origins[0]?.asked).toEqual([]);
  });

  test("that a censor silences by name leave the data centres' results whole", async () => {
    const web = await world.addSite({ name: "cut.im.test", censor: { decide: () => "silence" } });
    const sites = [{ url: web.url, page: true, addresses: [] }];
    const body = await measured(settings({ sites, addresses: [at(centre.address, centre.ports)] }));
    expect(body.tls).toMatchObject([{ failure: "generic_timeout_error", answered: false }]);
    expect(body.tcp.filter(({ failure }) => failure === null)).toHaveLength(4);
  });

  test("are trusted by the messenger's own authority, which the record names as issuer", async () => {
    const authority = await createAuthority("CN=Messenger Root");
    const site = await world.addSite({
      name: "own.im.test",
      credentials: await authority.issue({ names: ["own.im.test"] }),
    });
    const sites = [{ url: site.url, page: false, addresses: [] }];
    const without = await measured(settings({ service: "signal", sites }));
    expect(without.tls).toMatchObject([{ trusted: false, untrusted: "ssl_unknown_authority" }]);
    const body = await measured(settings({ service: "signal", sites, roots: [authority.ca] }));
    expect(body.tls).toMatchObject([{ trusted: true, leaf: { issuer: "CN=Messenger Root" } }]);
  });

  test("are reached at known addresses when no resolver knows them", async () => {
    const site = await world.addSite({ name: "hidden.im.test" });
    for (const zone of [world.isp.zone, world.publicDns.zone, world.doh.zone]) zone["hidden.im.test"] = "nxdomain";
    const sites = [{ url: site.url, page: false, addresses: site.addresses }];
    const body = await measured(settings({ service: "signal", sites }));
    expect(body.dns.every(({ failure }) => failure === "dns_nxdomain_error")).toBe(true);
    expect(body.tls).toMatchObject([{ sni: "hidden.im.test", trusted: true }]);
  });

  test("share the record's room for questions: none of many names goes without its resolvers", async () => {
    const hosts = Array.from({ length: 10 }, (_, n) => `s${n}.many.test`);
    const sites = hosts.map((host) => ({ url: `https://${host}/`, page: false, addresses: [] }));
    const publicResolvers = Array.from({ length: 4 }, () => endpoint(world.publicDns));
    const body = await measured(settings({ sites }, { publicResolvers }));
    expect(body.dns.length).toBeLessThanOrEqual(LIMITS.stepsPerKind);
    for (const host of hosts) {
      const kinds = body.dns.filter(({ name }) => name === host).map(({ resolver }) => resolver.split(":")[0]);
      expect(new Set(kinds)).toEqual(new Set(["system", "udp", "doh"]));
    }
  });
});

describe("a measurement of a messenger", () => {
  test("holds what was seen when it is stopped", async () => {
    const stop = new AbortController();
    const silent = await world.addSite({
      name: "slow.im.test",
      censor: {
        decide: () => {
          stop.abort();
          return "silence";
        },
      },
    });
    const sites = [{ url: silent.url, page: true, addresses: [] }];
    const body = await measured(settings({ sites, addresses: [at(centre.address, centre.ports)] }), stop.signal);
    expect(body.tcp).toHaveLength(4);
    expect(body.tls).toMatchObject([{ failure: "interrupted" }]);
    expect(body.http).toEqual([]);
  });

  test("makes no more connections than the record holds", async () => {
    const addresses = Array.from({ length: 30 }, () => at(nextAddress(), [1, 2, 3]));
    const body = await measured(settings({ addresses }));
    expect(body.tcp).toHaveLength(LIMITS.stepsPerKind);
  });

  test("names the hosts file when it has an entry for any of the messenger's names", async () => {
    const host = { ...QUIET_HOST, hostsText: "192.0.2.1 e9.centre.test\n" };
    const names = [{ host: "e9.centre.test", ports: [443] }];
    const body = await measured(settings({ service: "whatsapp", names }, { host }));
    expect(body.local).toMatchObject([{ kind: "hosts_file" }]);
  });
});

function bySni(a: { sni: string | null }, b: { sni: string | null }): number {
  return String(a.sni).localeCompare(String(b.sni));
}
