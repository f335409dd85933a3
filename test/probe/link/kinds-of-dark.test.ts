import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LineCondition, LinkBody, LinkEdge } from "../../../protocol/records/link.ts";
import { hasNamespaces, runs } from "../../requires.ts";
import { PORTAL_PORT, type SmallNet, startSmallNet, WHITE } from "./net/small-net.ts";

const WAIT_MS = 40_000;
const ABROAD = "ip daddr 198.51.100.0/24";
const tell = (condition: LineCondition) => (body: LinkBody) => body.condition === condition;

describe.runIf(runs(hasNamespaces()))("which kind of dark it is stands in the journal, with both edges", () => {
  let net: SmallNet;
  let collector: Awaited<ReturnType<SmallNet["startCollector"]>>;

  beforeAll(async () => {
    net = await startSmallNet();
    collector = await net.startCollector();
    await latest((body) => body.condition === "open" && body.collector[0]?.ok === true);
  }, 60_000);
  afterAll(async () => {
    await net?.close();
  }, 30_000);

  /** Waits until the latest entry is as wanted; returns it. */
  async function latest(isWanted: (body: LinkBody) => boolean): Promise<LinkBody> {
    const endsAt = performance.now() + WAIT_MS;
    let last: LinkBody | undefined;
    while (performance.now() < endsAt) {
      last = (await net.entries()).at(-1);
      if (last !== undefined && isWanted(last)) return last;
      await sleep(100);
    }
    throw new Error(`The line was not told in ${WAIT_MS} ms; the last entry: ${JSON.stringify(last)}`);
  }

  /** Does something to the line, waits until the journal tells, undoes it and waits again. Bounds must hold the truth. */
  async function happens(
    begin: () => Promise<{ remove: () => Promise<unknown> }>,
    isTold: (body: LinkBody) => boolean,
  ) {
    const count = (await net.entries()).length;
    const began = Date.now();
    const deed = await begin();
    const begun = Date.now();
    let lifting = Date.now();
    let told: LinkBody;
    try {
      told = await latest(isTold);
    } finally {
      lifting = Date.now();
      await deed.remove();
    }
    const lifted = Date.now();
    await latest((body) => body.condition === "open" && body.collector[0]?.ok === true && !body.vpn && !body.portal);
    const since = (await net.entries()).slice(count);
    const edges = since.flatMap(({ edges: some = [] }) => some);
    expectToHold(edges[0], began, begun);
    expectToHold(edges.at(-1), lifting, lifted);
    return { told, edges };
  }

  /** The change was made between two moments; it lies within the edge's bounds. */
  function expectToHold(edge: LinkEdge | undefined, fromMs: number, toMs: number) {
    expect(Date.parse(edge?.after ?? "")).toBeLessThanOrEqual(toMs);
    expect(Date.parse(edge?.before ?? "")).toBeGreaterThanOrEqual(fromMs);
  }

  it.each([
    ["total-cut", "nothing goes beyond the provider", `drop`, "", "isp"],
    ["domestic-only", "nothing goes abroad", `${ABROAD} drop;`, "", "domestic"],
    ["white-list", "one name at home stays open", `ip daddr != ${WHITE} ip saddr != ${WHITE} drop;`, "", "isp"],
    [
      "dns-only",
      "no resolver answers, at home or abroad",
      "udp dport 53 drop; tcp dport 53 drop;",
      "udp dport 53 drop;",
      "international",
    ],
    ["resolver-dead", "only the host's own resolver is silent", "", "udp dport 53 drop;", "international"],
    ["partial-port", "one port abroad stays open", `${ABROAD} udp dport 53 accept; ${ABROAD} drop;`, "", "domestic"],
  ] as const)(
    "%s: %s",
    async (condition, _what, forward, input, state) => {
      const { told } = await happens(() => net.filter(forward, input), tell(condition));
      expect(told).toMatchObject({ state, carrier: true, portal: false, vpn: false });
      expect(told.checks.gateway?.ok).toBe(true);
      if (condition === "partial-port") expect(told.ports).toMatchObject({ "udp/53": true, "tcp/443": false });
      if (condition === "white-list") expect(told.checks.whitelist).toMatchObject([{ ok: true }]);
      // An edge may pass through another condition; the last one is right, and the way back is told.
      expect((await net.entries()).at(-1)?.condition).toBe("open");
    },
    90_000,
  );

  it("portal: a login page answers for everything, with a certificate of its own", async () => {
    const { told } = await happens(() => net.lead(`tcp dport 443 redirect to :${PORTAL_PORT};`), tell("portal"));
    expect(told.portal).toBe(true);
    expect(told.checks.foreign.map(({ failure }) => failure)).toContain("ssl_unknown_authority");
  }, 120_000);

  it("no-carrier: the cable is pulled", async () => {
    const { told } = await happens(async () => {
      await net.ip("gw", "link set to4 down");
      return { remove: () => net.ip("gw", "link set to4 up") };
    }, tell("no-carrier"));
    expect(told).toMatchObject({ state: "none", carrier: false });
  }, 90_000);

  it("gateway-dead: the carrier is there and the gateway silent", async () => {
    const { told } = await happens(async () => {
      await net.ip("gw", "addr del 192.0.2.1/30 dev to4");
      return { remove: () => net.ip("gw", "addr add 192.0.2.1/30 dev to4") };
    }, tell("gateway-dead"));
    expect(told).toMatchObject({ state: "none", carrier: true, checks: { gateway: { ok: false } } });
  }, 90_000);

  it("no-route: the host has lost its way out", async () => {
    const { told } = await happens(async () => {
      const six = (await net.ip("probe", "-6 route show default")).trim().split(" metric")[0] ?? "";
      await net.ip("probe", "route del default");
      if (six !== "") await net.ip("probe", `-6 route del ${six}`);
      return {
        remove: async () => {
          if (six !== "") await net.ip("probe", `-6 route add ${six}`);
          await net.ip("probe", "route add default via 192.0.2.1");
        },
      };
    }, tell("no-route"));
    expect(told).toMatchObject({ state: "none", carrier: true, defaultRoutes: 0 });
  }, 90_000);

  it("a collector that is gone is told as such while abroad answers", async () => {
    const isAway = ({ collector: [route] }: LinkBody) => route?.ok === false;
    const { told, edges } = await happens(async () => {
      await collector.stop();
      return {
        remove: async () => {
          collector = await net.startCollector();
        },
      };
    }, isAway);
    expect(told).toMatchObject({ state: "international", condition: "open" });
    expect(edges.map(({ of, to }) => [of, to])).toEqual([
      ["collector", "unreachable"],
      ["collector", "ok"],
    ]);
  }, 90_000);

  it("a VPN that takes the way out is told, and that it ends", async () => {
    const { told } = await happens(
      async () => {
        const [here, there] = [net.namespace("probe"), net.namespace("world")];
        await net.ip("probe", `link add tun0 netns ${here} type veth peer name vpn netns ${there}`);
        await net.ip("world", "addr add 10.8.0.1/30 dev vpn");
        await net.ip("world", "link set vpn up");
        await net.ip("probe", "addr add 10.8.0.2/30 dev tun0");
        await net.ip("probe", "link set tun0 up");
        await net.ip("probe", "route add 0.0.0.0/1 via 10.8.0.1");
        await net.ip("probe", "route add 128.0.0.0/1 via 10.8.0.1");
        return { remove: () => net.ip("probe", "link del tun0") };
      },
      ({ vpn }) => vpn,
    );
    expect(told).toMatchObject({ vpn: true, medium: "ethernet" });
  }, 90_000);

  it("on a mobile line the same cut carries its medium, which tells it from that of a fixed line", async () => {
    const rename = async (from: string, to: string) => {
      await net.ip("probe", `link set ${from} down`);
      await net.ip("probe", `link set ${from} name ${to}`);
      await net.ip("probe", `link set ${to} up`);
      await net.ip("probe", "route add default via 192.0.2.1");
    };
    await rename("eth0", "wwan0");
    await latest((body) => body.medium === "wwan" && body.condition === "open");
    const { told } = await happens(() => net.filter("drop"), tell("total-cut"));
    expect(told).toMatchObject({ medium: "wwan", condition: "total-cut" });
    await rename("wwan0", "eth0");
  }, 120_000);
});
