import { addNftTable } from "../net/firewall.ts";
import type { Act } from "./act.ts";

/** Everything to an address vanishes. */
export function addressDropped(address: string): Act {
  return forward(`drop ${address}`, "act_address", `ip daddr ${address} drop;`);
}

/** Connections to an address are refused by a reset that seems to be the server's. */
export function addressRefused(address: string): Act {
  return forward(`refuse ${address}`, "act_address", `ip daddr ${address} meta l4proto tcp reject with tcp reset;`);
}

/** The router says that an address cannot be reached. */
export function addressUnreachable(address: string): Act {
  return forward(`unreachable ${address}`, "act_address", `ip daddr ${address} reject with icmp host-unreachable;`);
}

/** Everything to a TCP port vanishes, whatever the address. */
export function portCut(port: number): Act {
  return forward(`cut port ${port}`, "act_port", `tcp dport ${port} drop;`);
}

/** Only packets from and to these ranges pass: domestic ones for a cut of the gateway, single addresses for a white list. */
export function onlyTo(title: string, ranges: readonly string[]): Act {
  const set = `{ ${ranges.join(", ")} }`;
  return forward(title, "act_only", `ip daddr ${set} accept;\nip saddr ${set} accept;\ndrop;`);
}

/** Nothing passes and nothing on the router answers: a jammed mobile network. */
export const jammed: Act = {
  title: "all packets lost",
  begin: ({ core }) =>
    addNftTable(core, "act_jam", 'chain c { type filter hook prerouting priority -300; iifname != "lo" drop; }'),
};

function forward(title: string, table: string, rules: string): Act {
  return {
    title,
    begin: ({ core }) => addNftTable(core, table, `chain c {\ntype filter hook forward priority 0;\n${rules}\n}`),
  };
}
