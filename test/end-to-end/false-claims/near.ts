import type { WebOptions } from "../../../probe/measure/web.ts";
import {
  type Answer,
  type GateAct,
  nextAddress,
  page,
  startBlackHole,
  startGate,
  startOrigin,
  type World,
} from "../../world/index.ts";
import { type Condition, INNOCENT, type Scene } from "./scene.ts";

const NAME = "orda.test";
const ONLY_PROVIDER = { doh: [], publicResolvers: [] } as const;
const NOTICE = "Страница заблокирована";
const isNotice: NonNullable<WebOptions["isBlockPage"]> = ({ text }) => text.includes(NOTICE);

/** The witness is sent to a server of a CDN that is ill; controls to one that is well. */
async function illServer(world: World, act: GateAct): Promise<Scene> {
  const site = await world.addSite({ name: NAME });
  const [address = ""] = site.addresses;
  const upstream = { address, port: site.port };
  const gate = world.keep(
    await startGate({ address: nextAddress(), port: site.port }, { upstream, decide: () => act }),
  );
  world.isp.zone[NAME] = { a: [gate.address] };
  return { url: site.url, witness: ONLY_PROVIDER };
}

/** One address stands for every name, and refuses. */
async function closedPortal(world: World): Promise<Scene> {
  const site = await world.addSite({ name: NAME });
  const portal = { a: [nextAddress()] };
  for (const name of [NAME, INNOCENT, "*"]) world.isp.zone[name] = portal;
  return { url: site.url, witness: ONLY_PROVIDER };
}

/** The first questions for the site get no answer; `all` of both types, or one alone. */
function forgetful(all: boolean): Condition["prepare"] {
  return async (world) => {
    const site = await world.addSite({ name: NAME });
    let left = all ? 2 : 1;
    world.isp.zone[NAME] = ({ type }) => {
      if (left > 0 && (all || type === "A")) {
        left--;
        return "silence";
      }
      return type === "A" ? { a: site.addresses } : "empty";
    };
    return { url: site.url, witness: ONLY_PROVIDER };
  };
}

/** A site in clear with one server for everybody. */
async function inClear(world: World, answer: Answer): Promise<Scene> {
  const origin = world.keep(await startOrigin({ address: nextAddress() }, () => answer));
  for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = { a: [origin.address] };
  return { url: `http://${NAME}:${origin.port}/` };
}

/** Innocent states near the witness: the server it is sent to, its resolver, the company that hosts the site. */
export const NEAR_CONDITIONS: readonly Condition[] = [
  {
    says: "the nearest server of a CDN is dead, the provider's resolver leads there",
    honest: ["inconclusive"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { a: [nextAddress()] };
      return { url: site.url, witness: ONLY_PROVIDER };
    },
  },
  {
    says: "the nearest server of a CDN resets every handshake",
    honest: ["inconclusive"],
    prepare: (world) => illServer(world, "reset"),
  },
  {
    says: "the nearest server of a CDN hangs in every handshake",
    honest: ["inconclusive"],
    prepare: (world) => illServer(world, "silence"),
  },
  {
    says: "one refusing address stands for every name, nothing is known of the line",
    honest: ["captive_portal", "inconclusive", "offline"],
    prepare: closedPortal,
  },
  {
    says: "no control: an alert for every name",
    honest: ["inconclusive"],
    prepare: async (world) => ({
      ...(await world.addSite({ name: NAME, censor: { decide: () => "alert" } })),
      controls: [],
    }),
  },
  {
    says: "one question to the resolver was lost",
    honest: ["inconclusive", "ok"],
    prepare: forgetful(false),
  },
  {
    says: "the resolver had to look for the name, too long for the first questions",
    honest: ["inconclusive", "ok", "offline"],
    prepare: forgetful(true),
  },
  {
    says: "the hosting company's notice of a closed site, for everybody",
    honest: ["ok", "inconclusive"],
    prepare: async (world) => ({
      ...(await inClear(world, { body: `<p>${NOTICE}</p>` })),
      witness: { isBlockPage: isNotice },
      controls: [{ isBlockPage: isNotice }, { isBlockPage: isNotice }],
    }),
  },
  {
    says: "an article on blocked pages, to which the site itself leads",
    honest: ["ok"],
    prepare: async (world) => {
      const press = await world.addSite({ name: "press.test", answer: () => ({ body: `<p>${NOTICE}</p>` }) });
      const site = await world.addSite({
        name: NAME,
        answer: () => ({ status: 302, headers: { location: press.url } }),
      });
      return { url: site.url, witness: { isBlockPage: isNotice } };
    },
  },
  {
    says: "IPv6 addresses alone, and a host without IPv6",
    honest: ["inconclusive", "offline", "ok"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      world.isp.zone[NAME] = { aaaa: ["2001:db8::7"] };
      return { url: site.url, witness: ONLY_PROVIDER };
    },
  },
  {
    says: "a site in clear whose nearest server hangs, whatever the Host",
    honest: ["inconclusive"],
    prepare: async (world) => {
      const near = world.keep(await startOrigin({ address: nextAddress() }, () => "silence"));
      const far = world.keep(
        await startOrigin({ address: nextAddress(), port: near.port }, () => ({ body: page("News") })),
      );
      world.isp.zone[NAME] = { a: [near.address] };
      world.publicDns.zone[NAME] = { a: [far.address] };
      return { url: `http://${NAME}:${near.port}/`, witness: ONLY_PROVIDER, controls: [{ doh: [] }, { doh: [] }] };
    },
  },
  {
    says: "jam: no connection comes about, nor one to an innocent site",
    honest: ["inconclusive", "offline"],
    prepare: async (world) => {
      const hole = world.keep(await startBlackHole(nextAddress()));
      const other = world.keep(await startBlackHole(nextAddress()));
      // The port is the hole's: the controls' way to the same address is open for them alone.
      world.isp.zone[NAME] = { a: [hole.address] };
      world.isp.zone[INNOCENT] = { a: [other.address] };
      return { url: `https://${NAME}:${hole.port}/`, witness: ONLY_PROVIDER, controls: [] };
    },
  },
];
