import type { Credential } from "../certificates/authority.ts";
import type { ServerConfig, Zone } from "../servers/config.ts";
import type { Credentials } from "./credentials.ts";
import { DOH_ADDRESS, PUBLIC_RESOLVER, RESOLVER, SITES, site } from "./places.ts";

const DAY_MS = 86_400_000;

/** What the server process of each node of a lane does. */
export async function laneServers({
  authority,
}: Credentials): Promise<Record<"world" | "domestic" | "core", ServerConfig>> {
  const credentials: Record<string, Credential> = {};
  for (const { name } of SITES) {
    const over = { notBefore: new Date(Date.now() - 90 * DAY_MS), notAfter: new Date(Date.now() - 3 * DAY_MS) };
    credentials[name] = await authority.issue([name], site(name).expired ? over : undefined);
  }
  const doh = await authority.issue([DOH_ADDRESS]);
  const zone: Zone = Object.fromEntries(SITES.map(({ name, addresses }) => [name, [...addresses]]));
  const at = (place: "world" | "domestic"): Pick<ServerConfig, "sites" | "zone"> => ({
    zone,
    sites: SITES.filter((one) => one.at === place).map(({ name, addresses }) => ({
      name,
      title: `Front page of ${name}`,
      addresses: [...addresses],
    })),
  });
  return {
    world: {
      ...at("world"),
      dns: [PUBLIC_RESOLVER],
      doh: [DOH_ADDRESS],
      credentials: { ...credentials, [DOH_ADDRESS]: doh },
    },
    domestic: { ...at("domestic"), dns: [], doh: [], credentials },
    core: { zone, sites: [], dns: [RESOLVER], doh: [], credentials: {} },
  };
}
