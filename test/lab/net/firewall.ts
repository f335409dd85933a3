import { runTool } from "./run-tool.ts";

/** A rule or table that is in force until it is removed. */
export type InForce = { remove: () => Promise<void> };

/** Appends one iptables rule in a namespace, `chain` as `mangle/FORWARD`. Throws `failed` with iptables' words. */
export async function addIptablesRule(namespace: string, chain: string, rule: readonly string[]): Promise<InForce> {
  const [table = "filter", name = chain] = chain.split("/");
  // -w waits for another iptables that holds the lock, of another run for example.
  const call = (verb: "-A" | "-D") =>
    runTool("ip", ["netns", "exec", namespace, "iptables", "-w", "10", "-t", table, verb, name, ...rule]);
  await call("-A");
  return { remove: async () => void (await call("-D")) };
}

/** Loads one nftables table, named `table` of family ip, with the chains given as text. */
export async function addNftTable(namespace: string, table: string, chains: string): Promise<InForce> {
  const nft = (...args: string[]) => ["netns", "exec", namespace, "nft", ...args];
  await runTool("ip", nft("-f", "-"), `table ip ${table} {\n${chains}\n}\n`);
  return { remove: async () => void (await runTool("ip", nft("delete", "table", "ip", table))) };
}

/** Several rules as one, lifted together. */
export function allInForce(parts: readonly InForce[]): InForce {
  return { remove: async () => void (await Promise.all(parts.map((part) => part.remove()))) };
}
