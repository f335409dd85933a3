import { join } from "node:path";
import { createAuthority } from "../certificates/authority.ts";
import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import { labEnvironment } from "../processes/kuager.ts";
import { startMiddlebox } from "../processes/middlebox.ts";

const FIRST_PORT = 8600;

/** Where it is done, and to which sites. */
export type Interception = {
  namespace: (node: string) => string;
  node: string;
  folder: string;
  /** Common name (and more) of the authority that the forged certificates are from. */
  issuer: string;
  sites: readonly { name: string; address: string }[];
};

/** A router's transparent proxy shows certificates of its own for these sites and reads along; a process of its own. */
export async function intercept({ namespace, node, folder, issuer, sites }: Interception): Promise<InForce> {
  const name = `interception-${node}`;
  const logFile = join(folder, "logs", `${name}.log`);
  const middlebox = startMiddlebox({ name, namespace: namespace(node), logFile, env: labEnvironment(folder) });
  try {
    const authority = await createAuthority(issuer);
    const led = sites.map((site, index) => ({ ...site, port: FIRST_PORT + index }));
    const boxes = led.map(async ({ port, address, ...site }) => {
      const upstream = { ip: address, port: 443 };
      return { box: "tls-filter" as const, port, upstream, name: site.name, does: await authority.issue([site.name]) };
    });
    await middlebox.set(await Promise.all(boxes));
    const rules = led.map(({ address, port }) => `ip daddr ${address} tcp dport 443 redirect to :${port};`);
    const chain = `chain lead {\ntype nat hook prerouting priority dstnat;\n${rules.join("\n")}\n}`;
    const leads = await addNftTable(namespace(node), "kuager_lab_intercept", chain);
    return allInForce([leads, { remove: middlebox.stop }]);
  } catch (error) {
    await middlebox.stop();
    throw error;
  }
}
