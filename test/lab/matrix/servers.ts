import type { Credential } from "../certificates/authority.ts";
import type { ServerConfig, Zone } from "../servers/config.ts";
import type { Credentials } from "./credentials.ts";
import { AUTHORITY, allAddresses, DOH_ADDRESS, PUBLIC_RESOLVER, SITES, site } from "./places.ts";

const DAY_MS = 86_400_000;

/** What the server process of each node of a lane does. */
export async function laneServers({ authority }: Credentials): Promise<Record<"world" | "domestic", ServerConfig>> {
  const credentials: Record<string, Credential> = {};
  for (const { name } of SITES) {
    const over = { notBefore: new Date(Date.now() - 90 * DAY_MS), notAfter: new Date(Date.now() - 3 * DAY_MS) };
    credentials[name] = await authority.issue([name], site(name).expired ? over : undefined);
  }
  const doh = await authority.issue([DOH_ADDRESS]);
  const zone: Zone = Object.fromEntries(SITES.map(({ name }) => [name, allAddresses(name)]));
  const at = (place: "world" | "domestic"): Pick<ServerConfig, "sites" | "zone"> => ({
    zone,
    sites: SITES.filter((one) => one.at === place).map(({ name }) => ({
      name,
      title: `Front page of ${name}`,
      addresses: allAddresses(name),
    })),
  });
  return {
    world: {
      ...at("world"),
      dns: [PUBLIC_RESOLVER, AUTHORITY.abroad],
      lame: [],
      doh: [DOH_ADDRESS],
      credentials: { ...credentials, [DOH_ADDRESS]: doh },
    },
    domestic: { ...at("domestic"), dns: [AUTHORITY.domestic], lame: [AUTHORITY.lame], doh: [], credentials },
  };
}
