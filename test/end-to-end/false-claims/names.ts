import { nextAddress, page, startOrigin, type World } from "../../world/index.ts";
import { type Condition, INNOCENT } from "./scene.ts";

const NAME = "orda.test";

/** Innocent states of DNS. */
export const NAME_CONDITIONS: readonly Condition[] = [
  {
    says: "CDN: DNS by place names another address, its certificate holds",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME, addresses: 2 });
      const [near = "", far = ""] = site.addresses;
      world.isp.zone[NAME] = { a: [near] };
      world.publicDns.zone[NAME] = { a: [far] };
      world.doh.zone[NAME] = { a: [far] };
      return { url: site.url };
    },
  },
  {
    says: "CDN by place over plain HTTP, the same page",
    honest: ["ok"],
    prepare: async (world) => {
      const near = world.keep(await startOrigin({ address: nextAddress() }, () => ({ body: page("News") })));
      world.keep(await startOrigin({ address: "127.0.0.1", port: near.port }, () => ({ body: page("News") })));
      world.isp.zone[NAME] = { a: [near.address] };
      world.publicDns.zone[NAME] = { a: ["127.0.0.1"] };
      world.doh.zone[NAME] = { a: ["127.0.0.1"] };
      return { url: `http://${NAME}:${near.port}/` };
    },
  },
  {
    says: "the resolver answers too late, for every name",
    honest: ["ok", "offline", "inconclusive"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      const late = { race: ["silence", { a: site.addresses }], gapMs: 2500 } as const;
      world.isp.zone[NAME] = late;
      world.isp.zone[INNOCENT] = late;
      return { url: site.url };
    },
  },
  {
    says: "the resolver takes a second, and answers",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { race: ["silence", { a: site.addresses }], gapMs: 900 };
      return { url: site.url };
    },
  },
  {
    says: "the resolver is dead for all names, the ladder says so",
    honest: ["offline", "ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      kill(world);
      return {
        url: site.url,
        link: { state: "international", portal: false, resolverOk: false },
      };
    },
  },
  {
    says: "the resolver is dead for all names, nothing else is known",
    honest: ["offline", "ok", "inconclusive"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      kill(world);
      return { url: site.url };
    },
  },
  {
    says: "the site names a private address, to everybody",
    honest: ["site_down", "inconclusive"],
    prepare: async (world) => {
      for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = { a: ["10.20.30.40"] };
      return { url: `https://${NAME}:${world.port}/` };
    },
  },
  {
    says: "the name is gone (NXDOMAIN), for everybody",
    honest: ["site_down"],
    prepare: async (world) => ({ url: `https://${NAME}:${world.port}/` }),
  },
  {
    says: "the site's name servers are dead (SERVFAIL), for everybody",
    honest: ["site_down"],
    prepare: async (world) => {
      for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = "servfail";
      return { url: `https://${NAME}:${world.port}/` };
    },
  },
  {
    says: "one of two addresses is dead, for everybody",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      for (const { zone } of [world.isp, world.publicDns, world.doh])
        zone[NAME] = { a: [nextAddress(), ...site.addresses] };
      return { url: site.url };
    },
  },
  {
    says: "a cached, older answer: the old address still serves the site",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME, addresses: 2 });
      const [old = "", current = ""] = site.addresses;
      world.isp.zone[NAME] = { a: [old], ttlS: 86_400 };
      world.publicDns.zone[NAME] = { a: [current] };
      world.doh.zone[NAME] = { a: [current] };
      return { url: site.url };
    },
  },
];

/** From now on the provider's resolver answers nothing at all. */
function kill({ isp }: World): void {
  for (const name of Object.keys(isp.zone)) isp.zone[name] = "silence";
  isp.zone["*"] = "silence";
}
