import { addNftTable } from "../net/firewall.ts";
import { mirror } from "../net/mirror.ts";
import { runTool } from "../net/run-tool.ts";
import type { Act } from "./act.ts";
import type { Aim } from "./name.ts";

/** Everything to the site's IPv6 address vanishes, or connections to it are reset. */
export function addressClosedV6({ address }: Aim, does: "drop" | "refuse"): Act {
  const verdict = does === "drop" ? "drop" : "meta l4proto tcp reject with tcp reset";
  return forwardV6(`${does} ${mirror(address)}`, `ip6 daddr ${mirror(address)} ${verdict};`);
}

/** The provider carries no IPv6 at all, though it hands out addresses. */
export const v6Dropped: Act = forwardV6("all IPv6 dropped", "drop;");

/** The subscriber's host has an IPv6 address and no IPv6 route. */
export const v6Unrouted: Act = {
  title: "no IPv6 route on the host",
  begin: async ({ probe, gatewayV6 }) => {
    const route = (verb: "add" | "del") =>
      runTool("ip", ["-n", probe, "-6", "route", verb, "default", "via", gatewayV6]);
    await route("del");
    return { remove: async () => void (await route("add")) };
  },
};

function forwardV6(title: string, rules: string): Act {
  const chain = `chain c {\ntype filter hook forward priority 0;\n${rules}\n}`;
  return { title, begin: ({ core }) => addNftTable(core, "act_v6", chain, "ip6") };
}
