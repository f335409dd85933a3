import type { WebOptions } from "../../../probe/measure/web.ts";
import { QUIET_HOST } from "../../probe/measure/web-settings.ts";
import {
  type Credentials,
  createAuthority,
  expired,
  nextAddress,
  notYetValid,
  page,
  selfSigned,
  startOrigin,
  type World,
} from "../../world/index.ts";
import type { Condition } from "./scene.ts";

const NAME = "orda.test";
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Innocent states of certificates. */
export const CERTIFICATE_CONDITIONS: readonly Condition[] = [
  {
    says: "the certificate has expired, for everybody",
    honest: ["ok"],
    prepare: async (world) =>
      world.addSite({ name: NAME, credentials: await world.authority.issue({ names: [NAME], ...expired() }) }),
  },
  {
    says: "the site has signed its own certificate",
    honest: ["ok"],
    prepare: async (world) => world.addSite({ name: NAME, credentials: await selfSigned({ names: [NAME] }) }),
  },
  {
    says: "the certificate is for another name, for everybody",
    honest: ["ok"],
    prepare: async (world) =>
      world.addSite({ name: NAME, credentials: await world.authority.issue({ names: ["hosting.test"] }) }),
  },
  {
    says: "each server of the site has signed a certificate of its own",
    honest: ["ok", "inconclusive"],
    prepare: async (world) => {
      const near = await selfSigned({ names: [NAME] });
      const site = await world.addSite({ name: NAME, credentials: await selfSigned({ names: [NAME] }) });
      return { url: site.url, witness: await otherServer(world, near) };
    },
  },
  {
    says: "one server of a CDN still shows the site's expired certificate",
    honest: ["ok", "inconclusive"],
    prepare: async (world) => {
      const stale = await world.authority.issue({ names: [NAME], ...expired() });
      const site = await world.addSite({ name: NAME });
      return { url: site.url, witness: await otherServer(world, stale) };
    },
  },
  {
    says: "the same, while other resolvers lead to a good server",
    honest: ["ok", "inconclusive"],
    prepare: async (world) => {
      const stale = await world.authority.issue({ names: [NAME], ...expired() });
      const site = await world.addSite({ name: NAME });
      await otherServer(world, stale);
      return { url: site.url };
    },
  },
  {
    says: "an antivirus inspects TLS: its own root is the issuer",
    honest: ["local_interference"],
    prepare: async (world) => {
      const inspector = await createAuthority("CN=Kaspersky Anti-Virus Personal Root Certificate, O=AO Kaspersky Lab");
      const site = await world.addSite({ name: NAME });
      return { url: site.url, witness: await otherServer(world, await inspector.issue({ names: [NAME] })) };
    },
  },
  {
    says: "the host's clock is slow: no certificate is valid yet",
    honest: ["local_interference"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      const seen = await world.authority.issue({ names: [NAME], ...notYetValid() });
      const witness = await otherServer(world, seen);
      return { url: site.url, witness: { ...witness, host: { ...QUIET_HOST, nowMs: Date.now() - YEAR_MS } } };
    },
  },
  {
    says: "the host's clock is a year ahead: every certificate has expired",
    honest: ["local_interference"],
    prepare: async (world) => {
      const site = await world.addSite({ name: NAME });
      const witness = await otherServer(world, await world.authority.issue({ names: [NAME], ...expired() }));
      return { url: site.url, witness: { ...witness, host: { ...QUIET_HOST, nowMs: Date.now() + YEAR_MS } } };
    },
  },
];

/** Puts up another server of the site, to which only the witness is sent. */
async function otherServer(world: World, credentials: Credentials): Promise<Partial<WebOptions>> {
  const place = { address: nextAddress(), port: world.port };
  const { address } = world.keep(await startOrigin(place, () => ({ body: page(NAME) }), credentials));
  world.isp.zone[NAME] = { a: [address] };
  return { publicResolvers: [], doh: [] };
}
