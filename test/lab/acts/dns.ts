import { addIptablesRule, addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import type { Lie } from "../resolver/lies.ts";
import type { Act } from "./act.ts";

/** The provider's resolver lies about a name: NXDOMAIN, REFUSED, SERVFAIL, silence, or an address of its choice. */
export function resolverLies(name: string, lie: Lie): Act {
  return {
    title: `resolver: ${lie.kind === "address" ? lie.address : lie.kind}`,
    begin: async ({ resolver }) => {
      await resolver.lie({ [name]: lie });
      return { remove: () => resolver.lie({}) };
    },
  };
}

/** The provider's resolver gives one address for every one of these names, as a portal's does. */
export function resolverNamesOneAddress(names: readonly string[], address: string): Act {
  return {
    title: `resolver: ${address} for every name`,
    begin: async ({ resolver }) => {
      await resolver.lie(Object.fromEntries(names.map((name) => [name, { kind: "address" as const, address }])));
      return { remove: () => resolver.lie({}) };
    },
  };
}

/** The provider's resolver answers no question at all, though its host is there. */
export const resolverDead: Act = {
  title: "resolver dead",
  begin: ({ core }) =>
    addNftTable(
      core,
      "act_resolver_dead",
      "chain c { type filter hook input priority 0; udp dport 53 drop; tcp dport 53 drop; }",
    ),
};

/** Questions for a name to any resolver vanish on the way (text match on the name as it is on the wire). */
export function questionsVanish(name: string): Act {
  return { title: "questions for the name vanish", begin: ({ core }) => dropQuestions(core, name) };
}

/** Drops questions for a name that pass a router or go to it. */
export async function dropQuestions(core: string, name: string): Promise<InForce> {
  const match = ["-p", "udp", "--dport", "53", "-m", "string", "--algo", "bm", "--icase", "--hex-string", wire(name)];
  const chains = ["filter/INPUT", "filter/FORWARD"] as const;
  return allInForce(await Promise.all(chains.map((chain) => addIptablesRule(core, chain, [...match, "-j", "DROP"]))));
}

/**
 * A forged answer races the true one: questions to a resolver over UDP are led to a racer, which answers falsely at once
 * and lets the true answer follow. To the asker both come from the resolver it asked.
 */
export function answersRaced(race: { name: string; resolver: string; via: string; lie: string; port: number }): Act {
  const { name, resolver, via, lie, port } = race;
  return {
    title: `injected answer: ${lie}`,
    begin: async ({ core, middlebox }) => {
      const upstream = { ip: resolver, port: 53 };
      const boxes = await middlebox.set([
        { box: "dns-racer", address: via, port, upstream, name, lie, laterMs: LATER_MS },
      ]);
      const lead = `ip daddr ${resolver} udp dport 53 dnat to ${via}:${port};`;
      const led = await addNftTable(core, "act_race", `chain c { type nat hook prerouting priority dstnat; ${lead} }`);
      return allInForce([led, boxes]);
    },
  };
}

/** A way to a resolver abroad and back. */
const LATER_MS = 40;

/** A name as length-prefixed labels, in the notation of iptables' string match. */
function wire(name: string): string {
  return name
    .split(".")
    .map((label) => `|${label.length.toString(16).padStart(2, "0")}|${label}`)
    .join("");
}
