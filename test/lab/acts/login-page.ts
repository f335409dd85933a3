import { join } from "node:path";
import { selfSigned } from "../certificates/authority.ts";
import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import { labEnvironment } from "../processes/kuager.ts";
import { startMiddlebox } from "../processes/middlebox.ts";

const HTTP_PORT = 8501;
const TLS_PORT = 8502;
/** A private address, as those of portals are. */
const LOGIN = "http://10.64.0.1/login";

/** Nothing else passes but questions for names, which a portal needs: nobody gets further without a login. */
const CLOSED = `chain closed {
type filter hook forward priority 0; policy drop;
meta l4proto { tcp, udp } th dport 53 accept;
meta l4proto { tcp, udp } th sport 53 accept;
}`;

/**
 * A router leads every web connection that it should forward to a login page, with a process of its own. All else it
 * lets pass, or with `closed` nothing but questions for names.
 */
export async function loginPage(where: {
  namespace: (node: string) => string;
  node: string;
  folder: string;
  closed?: boolean;
}): Promise<InForce> {
  const namespace = where.namespace(where.node);
  const name = `portal-${where.node}`;
  const logFile = join(where.folder, "logs", `${name}.log`);
  const middlebox = startMiddlebox({ name, namespace, logFile, env: labEnvironment(where.folder) });
  try {
    const answer = { status: 302, headers: { location: LOGIN }, body: "<title>Log in</title>" };
    const page = { box: "page" as const, address: "0.0.0.0", answer };
    const credential = await selfSigned(["login.lab"]);
    await middlebox.set([
      { ...page, port: HTTP_PORT, credential: null },
      { ...page, port: TLS_PORT, credential },
    ]);
    const rules = [`tcp dport 80 redirect to :${HTTP_PORT};`, `tcp dport 443 redirect to :${TLS_PORT};`];
    const chain = `chain lead {\ntype nat hook prerouting priority dstnat;\n${rules.join("\n")}\n}`;
    const chains = where.closed === true ? `${chain}\n${CLOSED}` : chain;
    const led = await addNftTable(namespace, "kuager_lab_portal", chains);
    return allInForce([led, { remove: middlebox.stop }]);
  } catch (error) {
    await middlebox.stop();
    throw error;
  }
}
