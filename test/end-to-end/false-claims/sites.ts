import { type GateAct, nextAddress, startBlackHole, type World } from "../../world/index.ts";
import type { Condition, Scene, Turn } from "./scene.ts";

const NAME = "orda.test";

/** A site whose door does, at each turn, what the plan says. A plan is asked again at every connection. */
async function flapping(
  world: World,
  plan: (turn: Turn, control: number, connection: number) => GateAct,
  answer?: { status: number },
): Promise<Scene> {
  let now: { turn: Turn; control: number; connections: number } = { turn: "witness", control: 0, connections: 0 };
  const site = await world.addSite({
    name: NAME,
    ...(answer && { answer: () => answer }),
    censor: { decide: () => plan(now.turn, now.control, now.connections++) },
  });
  return {
    url: site.url,
    turn: (turn, control) => {
      now = { turn, control, connections: 0 };
    },
  };
}

/** The whole world finds the site in the same state. */
function forEverybody(act: GateAct): Condition["prepare"] {
  return async (world) => world.addSite({ name: NAME, censor: { decide: () => act } });
}

/** Innocent states of the site: down, overloaded, or not to be compared. */
export const SITE_CONDITIONS: readonly Condition[] = [
  {
    says: "the server refuses connections, for everybody",
    honest: ["site_down"],
    prepare: async (world) => {
      const address = nextAddress();
      for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = { a: [address] };
      return { url: `https://${NAME}:${world.port}/` };
    },
  },
  {
    says: "all servers of a CDN refuse connections, DNS names others by place",
    honest: ["site_down"],
    prepare: async (world) => {
      const far = nextAddress();
      world.isp.zone[NAME] = { a: [nextAddress()] };
      for (const { zone } of [world.publicDns, world.doh]) zone[NAME] = { a: [far] };
      return { url: `https://${NAME}:${world.port}/` };
    },
  },
  {
    says: "the server swallows connections, for everybody",
    honest: ["site_down"],
    prepare: async (world) => {
      const hole = world.keep(await startBlackHole(nextAddress()));
      for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = { a: [hole.address] };
      return { url: `https://${NAME}:${hole.port}/` };
    },
  },
  { says: "handshakes are reset, for everybody", honest: ["site_down"], prepare: forEverybody("reset") },
  { says: "handshakes end in an alert, for everybody", honest: ["site_down"], prepare: forEverybody("alert") },
  { says: "handshakes get no answer, for everybody", honest: ["site_down"], prepare: forEverybody("silence") },
  {
    says: "a site hosted inside is down for everybody",
    honest: ["origin_side"],
    prepare: async (world) => ({
      ...(await world.addSite({ name: NAME, censor: { decide: () => "silence" } })),
      hostedIn: "KZ",
    }),
  },
  {
    says: "DDoS: every other connection gets silence; by chance the innocent name passes",
    honest: ["inconclusive", "site_down"],
    prepare: (world) =>
      flapping(world, (turn, control, connection) => {
        if (turn === "witness") return connection === 0 ? "silence" : "pass";
        return turn === "control before" && control === 0 ? "silence" : "pass";
      }),
  },
  {
    says: "DDoS: connections are reset now and then",
    honest: ["inconclusive", "site_down"],
    prepare: (world) =>
      flapping(world, (turn, control) =>
        turn === "witness" || (turn === "control after" && control === 1) ? "reset" : "pass",
      ),
  },
  {
    says: "DDoS: handshakes pass, but controls get 503 and the witness silence",
    honest: ["inconclusive", "site_down"],
    prepare: (world) => flapping(world, (turn) => (turn === "witness" ? "silence" : "pass"), { status: 503 }),
  },
  {
    says: "DDoS: the request hangs after a good handshake",
    honest: ["inconclusive", "site_down"],
    prepare: async (world) => {
      let turn: Turn = "witness";
      const site = await world.addSite({ name: NAME, answer: () => (turn === "witness" ? "silence" : { body: "x" }) });
      return {
        url: site.url,
        turn: (next) => {
          turn = next;
        },
      };
    },
  },
  {
    says: "DDoS: errors and pages by turns",
    honest: ["inconclusive", "site_down", "ok"],
    prepare: async (world) => {
      let count = 0;
      return world.addSite({ name: NAME, answer: () => ({ status: count++ % 2 === 0 ? 503 : 200 }) });
    },
  },
  {
    says: "no control: a healthy site",
    honest: ["ok"],
    prepare: async (world) => ({ ...(await world.addSite({ name: NAME })), controls: [] }),
  },
  {
    says: "no control: handshakes are reset, whatever the name",
    honest: ["inconclusive"],
    prepare: async (world) => ({ ...(await forEverybody("reset")(world)), controls: [] }),
  },
  {
    says: "no control: handshakes get no answer, whatever the name",
    honest: ["inconclusive"],
    prepare: async (world) => ({ ...(await forEverybody("silence")(world)), controls: [] }),
  },
  {
    says: "no control: the server refuses connections",
    honest: ["inconclusive", "offline"],
    prepare: async (world) => {
      const address = nextAddress();
      for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[NAME] = { a: [address] };
      return { url: `https://${NAME}:${world.port}/`, controls: [] };
    },
  },
  {
    says: "no control: the site hangs up in the middle of the request",
    honest: ["inconclusive"],
    prepare: async (world) => ({ ...(await world.addSite({ name: NAME, answer: () => "reset" })), controls: [] }),
  },
  {
    says: "controls that are offline themselves",
    honest: ["inconclusive"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME, censor: { decide: () => "reset" } });
      const nowhere = { systemResolvers: ["127.0.0.1:1"], publicResolvers: [], doh: [] };
      return { url: site.url, controls: [nowhere, nowhere], turn: () => {} };
    },
  },
];
