import { addIptablesRule, allInForce, type InForce } from "../net/firewall.ts";
import { runTool } from "../net/run-tool.ts";
import type { Act, Ground } from "./act.ts";
import type { Aim } from "./name.ts";

const SLOW_CLASS = "1:10";
const SLOW_MARK = "0x68";

/** What comes from the site's address to the subscriber goes through a narrow class (htb). */
export function addressThrottled({ address }: Aim, kbit: number): Act {
  return addressesThrottled([address], kbit);
}

/** The same for several addresses, which share the class. */
export function addressesThrottled(addresses: readonly string[], kbit: number): Act {
  return {
    title: `throttle ${addresses.join(", ")} to ${kbit} kbit/s`,
    begin: async (ground) => {
      const classes = await addClasses(ground, kbit);
      const filter = ["filter", "add", "dev", ground.towardsProbe, "parent", "1:", "protocol", "ip", "u32"];
      for (const address of addresses)
        await tc(ground, [...filter, "match", "ip", "src", `${address}/32`, "flowid", SLOW_CLASS]);
      return classes;
    },
  };
}

/** The same for connections whose ClientHello names the site, whatever the address. */
export function nameThrottled({ name }: Aim, kbit: number): Act {
  const hello = ["-p", "tcp", "--dport", "443", "-m", "string", "--algo", "bm", "--string", name];
  return {
    title: `throttle the name to ${kbit} kbit/s`,
    begin: async (ground) => {
      const classes = await addClasses(ground, kbit);
      const rule = (words: readonly string[]) => addIptablesRule(ground.core, "mangle/FORWARD", words);
      const mark = await rule([...hello, "-j", "CONNMARK", "--set-mark", SLOW_MARK]);
      const slow = ["-m", "connmark", "--mark", SLOW_MARK, "-j", "CLASSIFY", "--set-class", SLOW_CLASS];
      return allInForce([mark, await rule(["-o", ground.towardsProbe, ...slow]), classes]);
    },
  };
}

async function addClasses(ground: Ground, kbit: number): Promise<InForce> {
  const device = ["dev", ground.towardsProbe];
  await tc(ground, ["qdisc", "add", ...device, "root", "handle", "1:", "htb", "default", "99"]);
  const add = (id: string, words: readonly string[]) =>
    tc(ground, ["class", "add", ...device, "parent", "1:", "classid", id, "htb", ...words]);
  await add("1:99", ["rate", "10gbit", "quantum", "60000"]);
  await add(SLOW_CLASS, ["rate", `${kbit}kbit`, "burst", "4k", "cburst", "4k", "quantum", "1500"]);
  return { remove: () => tc(ground, ["qdisc", "del", ...device, "root"]) };
}

async function tc({ core }: Ground, words: readonly string[]): Promise<void> {
  await runTool("ip", ["netns", "exec", core, "tc", ...words]);
}
