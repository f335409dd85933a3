import type { Logger } from "pino";
import type { Catalogue } from "../../catalogue.ts";
import type { Config } from "../../config.ts";
import { createOutward } from "../../outward.ts";
import type { Store } from "../../store/store.ts";
import { startRegistry } from "./job.ts";

/** Starts asking the registry as configured; where no address is configured, says that nobody is asked. */
export async function openRegistry(
  { registryUrl, registryControl, proxy }: Pick<Config, "registryUrl" | "registryControl" | "proxy">,
  parts: { readonly store: Store; readonly catalogue: Catalogue; readonly log: Logger },
): Promise<{ close: () => Promise<void> }> {
  const log = parts.log.child({ part: "registry" });
  if (registryUrl === null) {
    log.info("no registry of prohibited resources is asked: none is configured (--registry-url)");
    return { close: async () => undefined };
  }
  const outward = await createOutward(proxy);
  const job = startRegistry({
    ...{ store: parts.store, outward, address: registryUrl, log },
    control: registryControl === "none" ? null : registryControl,
    targets: parts.catalogue.list.targets.map(({ id }) => id),
  });
  return {
    close: async () => {
      // What is under way is given up, so that the job need not wait for it.
      await Promise.all([outward.close(), job.close()]);
    },
  };
}
