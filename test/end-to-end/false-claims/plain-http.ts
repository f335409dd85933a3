import { type Answer, nextAddress, page, startOrigin, type World } from "../../world/index.ts";
import type { Condition, Scene } from "./scene.ts";

const NAME = "plain.test";

/** A site in clear: one server for the witness, one for everybody else, by DNS. */
async function inClear(world: World, here: () => Answer, abroad: () => Answer = here): Promise<Scene> {
  const near = world.keep(await startOrigin({ address: nextAddress() }, here));
  const far = world.keep(await startOrigin({ address: nextAddress(), port: near.port }, abroad));
  world.isp.zone[NAME] = { a: [near.address] };
  world.publicDns.zone[NAME] = { a: [far.address] };
  world.doh.zone[NAME] = { a: [far.address] };
  return { url: `http://${NAME}:${near.port}/`, witness: { doh: [], publicResolvers: [] } };
}

/** Innocent states of sites that have no certificate to vouch for them. */
export const PLAIN_CONDITIONS: readonly Condition[] = [
  {
    says: "a dynamic page in clear, the same title",
    honest: ["ok"],
    prepare: (world) => {
      let count = 0;
      return inClear(world, () => ({ body: page("News", "x".repeat(100 * ++count)) }));
    },
  },
  {
    says: "another page by region in clear, at another address of a CDN",
    honest: ["inconclusive"],
    prepare: (world) =>
      inClear(
        world,
        () => ({ body: page("Жаңалықтар", "x".repeat(9000)) }),
        () => ({ body: page("News") }),
      ),
  },
  {
    says: "403 in clear, for the witness only",
    honest: ["inconclusive"],
    prepare: (world) =>
      inClear(
        world,
        () => ({ status: 403, body: page("Forbidden") }),
        () => ({ body: page("News") }),
      ),
  },
  {
    says: "451 in clear, for the witness only, by the site itself as it says",
    honest: ["geo_block"],
    prepare: (world) =>
      inClear(
        world,
        () => ({ status: 451, headers: { link: `<http://${NAME}/law>; rel="blocked-by"` }, body: page("451") }),
        () => ({ body: page("News") }),
      ),
  },
  {
    says: "503 in clear, for everybody",
    honest: ["ok", "site_down"],
    prepare: (world) => inClear(world, () => ({ status: 503 })),
  },
  {
    says: "a site that has moved to https",
    honest: ["ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      const moved = (): Answer => ({ status: 301, headers: { location: site.url } });
      const [address = ""] = site.addresses;
      const clear = world.keep(await startOrigin({ address }, moved));
      return { url: `http://${NAME}:${clear.port}/` };
    },
  },
  {
    says: "a site in clear that hangs, for everybody",
    honest: ["site_down"],
    prepare: (world) => inClear(world, () => "silence"),
  },
];
