import { QUIET_HOST } from "../../probe/measure/web-settings.ts";
import { nextAddress, page, selfSigned, startOrigin, type World } from "../../world/index.ts";
import { type Condition, INNOCENT, type Scene } from "./scene.ts";
import { type LineFault, startLine } from "./slow-line.ts";

const NAME = "orda.test";

/** The witness reaches the site, and the innocent name, only through a bad line. */
async function throughLine(world: World, fault: LineFault, knowsOthers = true): Promise<Scene> {
  // A server that knows its own name only sends an alert, a small answer, to others.
  const strict = {
    decide: ({ sni }: { sni: string | null }) => (sni === NAME ? ("pass" as const) : ("alert" as const)),
  };
  const site = await world.addSite({ name: NAME, ...(knowsOthers ? {} : { censor: strict }) });
  const [address = ""] = site.addresses;
  const line = world.keep(await startLine({ address, port: site.port }, fault));
  world.isp.zone[NAME] = { a: [line.address] };
  const [innocent = ""] = Object.values(world.publicDns.zone[INNOCENT] ?? {}).flat();
  const other = world.keep(await startLine({ address: String(innocent), port: site.port }, fault));
  world.isp.zone[INNOCENT] = { a: [other.address] };
  return { url: site.url, witness: { doh: [], publicResolvers: [] } };
}

/** A site that drips its page. */
function dripping(who: "everybody" | "witness"): Condition["prepare"] {
  return async (world) => {
    const drip = { drip: "<html><title>Orda</title>", everyMs: 50 } as const;
    const near = await world.addSite({ name: NAME, answer: () => drip });
    if (who === "everybody") return near;
    const far = await world.addSite({ name: NAME });
    world.isp.zone[NAME] = { a: near.addresses };
    return { url: far.url, witness: { doh: [], publicResolvers: [] } };
  };
}

/** A network whose every answer is its own login page, until somebody logs in. */
async function portal(world: World): Promise<Scene> {
  const site = await world.addSite({ name: NAME });
  const place = { address: nextAddress(), port: world.port };
  const login = () => ({ body: page("Log in", "Welcome to Café Wi-Fi.") });
  world.keep(await startOrigin(place, login, await selfSigned({ names: ["login.cafe.test"] })));
  world.isp.zone[NAME] = { a: [place.address] };
  world.isp.zone[INNOCENT] = { a: [place.address] };
  world.isp.zone["*"] = { a: [place.address] };
  return { url: site.url, witness: { doh: [], publicResolvers: [] } };
}

/** Innocent states of the volunteer's line and host. */
export const LINE_CONDITIONS: readonly Condition[] = [
  {
    says: "a slow line, within the deadlines",
    honest: ["ok"],
    prepare: (world) => throughLine(world, { delayMs: 150 }),
  },
  {
    says: "a line slower than the deadlines, for every name",
    honest: ["inconclusive", "offline"],
    prepare: (world) => throughLine(world, { delayMs: 2000 }),
  },
  {
    says: "a line that loses large packets: handshakes stall half-way",
    honest: ["inconclusive"],
    prepare: (world) => throughLine(world, { stallAfterBytes: 300 }),
  },
  {
    says: "a line on which large packets vanish; the server sends an alert to other names",
    honest: ["inconclusive"],
    prepare: (world) => throughLine(world, { largestPiece: 600 }, false),
  },
  {
    says: "the same, and no control",
    honest: ["inconclusive"],
    prepare: async (world) => {
      const { url } = await throughLine(world, { largestPiece: 600 }, false);
      // Without a control an address of a laboratory counts as public where others name one like it.
      world.publicDns.zone[NAME] = world.isp.zone[NAME] ?? "nxdomain";
      world.doh.zone[NAME] = world.isp.zone[NAME] ?? "nxdomain";
      world.publicDns.zone[INNOCENT] = world.isp.zone[INNOCENT] ?? "nxdomain";
      return { url, controls: [] };
    },
  },
  {
    says: "a line that loses every third piece, which comes again",
    honest: ["ok", "inconclusive"],
    prepare: (world) => throughLine(world, { loses: { every: 3, againMs: 100 } }),
  },
  {
    says: "a line that loses every other piece, which comes too late",
    honest: ["inconclusive", "offline"],
    prepare: (world) => throughLine(world, { loses: { every: 1, againMs: 900 } }),
  },
  {
    says: "a line that flaps: every other connection gets nothing, whoever is asked",
    honest: ["inconclusive", "ok", "offline"],
    prepare: (world) => throughLine(world, { flaps: 1 }),
  },
  {
    says: "a line that is down just now, and was up for the resolver",
    honest: ["inconclusive", "offline"],
    prepare: async (world) => {
      const scene = await throughLine(world, { stallAfterBytes: 0 });
      return { ...scene, link: null };
    },
  },
  {
    says: "a line that stalls in the page",
    honest: ["inconclusive", "ok"],
    prepare: (world) => throughLine(world, { stallAfterBytes: 2600 }),
  },
  {
    says: "a page that drips, for everybody",
    honest: ["inconclusive", "site_down", "ok"],
    prepare: dripping("everybody"),
  },
  { says: "a page that drips, for the witness", honest: ["inconclusive", "ok"], prepare: dripping("witness") },
  {
    says: "a captive portal that the ladder noticed",
    honest: ["captive_portal"],
    prepare: async (world) => ({
      ...(await portal(world)),
      link: { state: "isp", portal: true, resolverOk: true },
    }),
  },
  {
    says: "a captive portal that nobody noticed: it answers for every name",
    honest: ["captive_portal", "inconclusive", "local_interference"],
    prepare: portal,
  },
  {
    says: "IPv6 that leads nowhere",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { a: site.addresses, aaaa: ["2001:db8::7", "2001:db8::8"] };
      return { url: site.url };
    },
  },
  {
    says: "a VPN carries the host",
    honest: ["local_interference"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME, censor: { decide: () => "reset" } });
      const tunnel = { name: "tun0", addresses: ["127.0.0.1"], wwan: false };
      return { url: site.url, witness: { host: { ...QUIET_HOST, interfaces: [tunnel] } }, controls: [{}] };
    },
  },
  {
    says: "the hosts file names the site",
    honest: ["local_interference", "ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      const dead = nextAddress();
      world.isp.zone[NAME] = { a: [dead] };
      const host = { ...QUIET_HOST, hostsText: `${dead} ${NAME}\n` };
      return { url: site.url, witness: { host, doh: [], publicResolvers: [] } };
    },
  },
  {
    says: "the host needs a proxy",
    honest: ["local_interference", "ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { a: [nextAddress()] };
      const host = { ...QUIET_HOST, proxyVariables: ["HTTPS_PROXY"] };
      return { url: site.url, witness: { host, doh: [], publicResolvers: [] } };
    },
  },
  {
    says: "the line is cut inside the country",
    honest: ["offline"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { a: [nextAddress()] };
      const link = { state: "domestic", portal: false, resolverOk: true } as const;
      return { url: site.url, witness: { doh: [], publicResolvers: [] }, link };
    },
  },
];
