import { runTool } from "./run-tool.ts";

/** A rule or table that is in force until it is removed. */
export type InForce = { remove: () => Promise<void> };

/** The IP family that a rule is for. */
export type Family = "ip" | "ip6";

/** Appends one iptables rule in a namespace, `chain` as `mangle/FORWARD`. Throws `failed` with iptables' words. */
export async function addIptablesRule(
  namespace: string,
  chain: string,
  rule: readonly string[],
  family: Family = "ip",
): Promise<InForce> {
  const [table = "filter", name = chain] = chain.split("/");
  // -w waits for another iptables that holds the lock, of another run for example.
  const call = (verb: "-A" | "-D") =>
    runTool("ip", ["netns", "exec", namespace, `${family}tables`, "-w", "10", "-t", table, verb, name, ...rule]);
  await call("-A");
  return { remove: async () => void (await call("-D")) };
}

/** Loads one nftables table, named `table`, with the chains given as text; `inet` is both families. */
export async function addNftTable(
  namespace: string,
  table: string,
  chains: string,
  family: Family | "inet" = "ip",
): Promise<InForce> {
  const nft = (...args: string[]) => ["netns", "exec", namespace, "nft", ...args];
  await runTool("ip", nft("-f", "-"), `table ${family} ${table} {\n${chains}\n}\n`);
  return { remove: async () => void (await runTool("ip", nft("delete", "table", family, table))) };
}

/** Several rules as one, lifted together. */
export function allInForce(parts: readonly InForce[]): InForce {
  return { remove: async () => void (await Promise.all(parts.map((part) => part.remove()))) };
}
