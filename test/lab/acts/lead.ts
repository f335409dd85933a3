import type { Box } from "../middlebox/orders.ts";
import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import type { Ground } from "./act.ts";

/** Connections that are led to a port of the router instead: those to an address, or all to a port. */
export type Led = { address: string | null; from: number; to: number };

/** Sets boxes and leads connections to them; both end together. */
export async function leadTo(
  { core, middlebox }: Ground,
  boxes: readonly Box[],
  led: readonly Led[],
): Promise<InForce> {
  const standing = await middlebox.set(boxes);
  const rules = led.map(({ address, from, to }) => {
    const where = address === null ? "" : `ip daddr ${address} `;
    return `${where}tcp dport ${from} redirect to :${to};`;
  });
  const chain = `chain c {\ntype nat hook prerouting priority dstnat;\n${rules.join("\n")}\n}`;
  return allInForce([await addNftTable(core, "act_lead", chain), standing]);
}
