// Servers inside a namespace: the first line of standard input says which, each is answered by one line. Further lines
// stop some of them ({"close":[ports and addresses]}). It ends with its standard input.
import { createInterface } from "node:readline";
import type { Credentials } from "../../../world/authority.ts";
import { startDns } from "../../../world/dns-server.ts";
import { startOrigin } from "../../../world/origin.ts";

/** What the servers of one namespace are. */
export type ServersOrder = {
  dns: readonly string[];
  zone: Readonly<Record<string, string>>;
  tls: readonly { address: string; port: number; credentials: Credentials }[];
};

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  const { dns, zone, tls } = JSON.parse(line) as ServersOrder;
  const acts = Object.fromEntries(Object.entries(zone).map(([name, address]) => [name, { a: [address] }]));
  for (const address of dns) await startDns({ address, port: 53 }, acts);
  for (const { credentials, ...place } of tls) await startOrigin(place, () => ({ body: "here" }), credentials);
  process.stdout.write("{}\n");
}
