import type { Credentials } from "../matrix/credentials.ts";
import { allInForce, type InForce } from "../net/firewall.ts";
import type { Middlebox } from "../processes/middlebox.ts";
import type { Resolver } from "../processes/resolver.ts";
import type { ServerProcess } from "../processes/server-process.ts";

/** What acts work on: one subscriber's way to the world, with everything on it that can be made to interfere. */
export type Ground = {
  /** Namespace of the network's core router, through which all of the subscriber's traffic goes. */
  core: string;
  /** Namespace of the servers abroad, and of the domestic ones. */
  world: string;
  domestic: string;
  /** Namespace of the subscriber's host, and its router's IPv6 address. */
  probe: string;
  gatewayV6: string;
  /** The core router's device towards the subscriber. */
  towardsProbe: string;
  /** The core router's own address, private as those of home networks are. */
  insideAddress: string;
  /** The provider's resolver. */
  resolver: Resolver;
  sitesAbroad: ServerProcess;
  middlebox: Middlebox;
  credentials: Credentials;
};

/** Interference that lasts until it is removed. `title` says it in a few words. */
export type Act = { title: string; begin: (ground: Ground) => Promise<InForce> };

/** Several acts at once; all are lifted when one of them cannot begin. Only one of them may use the middlebox. */
export function together(...acts: readonly Act[]): Act {
  return {
    title: acts.map(({ title }) => title).join(" + "),
    begin: async (ground) => {
      const begun: InForce[] = [];
      try {
        for (const act of acts) begun.push(await act.begin(ground));
      } catch (error) {
        await allInForce(begun).remove();
        throw error;
      }
      return allInForce(begun);
    },
  };
}

/** Nobody interferes. */
export const nothing: Act = { title: "nothing", begin: async () => ({ remove: async () => {} }) };
