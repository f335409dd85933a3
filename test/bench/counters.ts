import { addNftTable } from "../lab/net/firewall.ts";
import { runTool } from "../lab/net/run-tool.ts";
import { type Counted, readCounters } from "./figures.ts";

/** What is told apart on the line of a measuring host, by the far end's port. */
const KINDS = [
  { name: "dns", match: "udp PORT 53" },
  { name: "dns_tcp", match: "tcp PORT 53" },
  { name: "https", match: "tcp PORT 443" },
  { name: "http", match: "tcp PORT 80" },
  { name: "collector", match: "tcp PORT 8080" },
  { name: "icmp", match: "meta l4proto icmp" },
] as const;

const TABLE = "bench";

/** Reads the counters of a namespace's line: `up_dns`, `down_https`, … with the rest in `up_other`, `down_other`. */
export type Line = { read: () => Promise<Counted> };

/**
 * Counts every packet that enters or leaves a namespace by its line, IP header included, Ethernet's not (14 bytes a
 * packet). Offloading is ended on `devices`, so that packets are counted as they would be on a real line.
 */
export async function countLine(
  namespace: string,
  devices: readonly { namespace: string; device: string }[],
): Promise<Line> {
  for (const { namespace: where, device } of devices)
    await runTool("ip", ["-n", where, "link", "set", "dev", device, "gso_max_segs", "1"]);
  const names = ["up", "down"].flatMap((way) => [...KINDS.map(({ name }) => `${way}_${name}`), `${way}_other`]);
  const rules = (way: "up" | "down", port: "dport" | "sport") =>
    [
      ...KINDS.map(({ name, match }) => `${match.replace("PORT", port)} counter name ${way}_${name} accept;`),
      `counter name ${way}_other;`,
    ].join("\n");
  await addNftTable(
    namespace,
    TABLE,
    [
      ...names.map((name) => `counter ${name} { }`),
      `chain up {\ntype filter hook postrouting priority 300;\noifname "lo" accept;\n${rules("up", "dport")}\n}`,
      `chain down {\ntype filter hook prerouting priority -400;\niifname "lo" accept;\n${rules("down", "sport")}\n}`,
    ].join("\n"),
  );
  const words = ["netns", "exec", namespace, "nft", "list", "counters", "table", "ip", TABLE];
  return { read: async () => readCounters(await runTool("ip", words)) };
}
