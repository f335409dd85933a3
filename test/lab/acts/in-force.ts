import { addIptablesRule, addNftTable, allInForce, type Family, type InForce } from "../net/firewall.ts";

const HIDDEN_MARK = "0x66";

/**
 * Silence by name: the connection of a ClientHello that names `name` is marked, and every packet of a marked
 * connection dropped in both directions. TCP connects, then nothing comes: Kazakhstan's commonest method.
 */
export async function silenceName(namespace: string, name: string, family: Family = "ip"): Promise<InForce> {
  const add = (rule: readonly string[]) => addIptablesRule(namespace, "mangle/FORWARD", rule, family);
  const hello = ["-p", "tcp", "--dport", "443", "-m", "string", "--algo", "bm", "--string", name];
  const mark = await add([...hello, "-j", "CONNMARK", "--set-mark", HIDDEN_MARK]);
  return allInForce([mark, await add(["-m", "connmark", "--mark", HIDDEN_MARK, "-j", "DROP"])]);
}

/** Routers that forward nothing. They themselves still answer, as a home router does when the line behind it is dead. */
export async function dropEverything(namespaces: readonly string[]): Promise<InForce> {
  const chains = "chain cut { type filter hook forward priority -300; policy drop; }";
  return allInForce(await Promise.all(namespaces.map((namespace) => addNftTable(namespace, "kuager_lab_cut", chains))));
}

/** A router that forwards to and from these addresses only: a white list. */
export async function forwardOnly(namespace: string, addresses: readonly string[]): Promise<InForce> {
  const set = `{ ${addresses.join(", ")} }`;
  const rules = [
    "type filter hook forward priority -300; policy drop;",
    `ip daddr ${set} accept;`,
    `ip saddr ${set} accept;`,
  ];
  return addNftTable(namespace, "kuager_lab_only", `chain only {\n${rules.join("\n")}\n}`);
}

/** Nothing that comes in on a device is heard. */
export async function dropIncoming(namespace: string, device: string): Promise<InForce> {
  const chain = `chain deaf { type filter hook input priority -300; iifname "${device}" drop; }`;
  return addNftTable(namespace, "kuager_lab_deaf", chain);
}
