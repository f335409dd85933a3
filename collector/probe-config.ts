import type { TargetList } from "../protocol/target.ts";
import type { ProbeConfig } from "../protocol/wire.ts";
import { withAddresses } from "./catalogue.ts";
import type { Config } from "./config.ts";
import type { ControlAddresses } from "./control-addresses.ts";

/** How long a list stays the same although controls see new addresses: CDNs change theirs all the time. */
const LIST_MS = 600_000;

/** What probes are told: cadences, the list with the addresses that controls saw, and the public key to seal files for. */
export function createProbeConfig(
  { heartbeatS, roundS, linkS }: Pick<Config, "heartbeatS" | "roundS" | "linkS">,
  list: TargetList,
  memory: Pick<ControlAddresses, "seen" | "revision">,
  extras: Pick<ProbeConfig, "sealKey" | "takesUploads" | "releaseKey">,
  now: () => number = Date.now,
): () => ProbeConfig {
  const lifeMs = Math.min(LIST_MS, roundS * 1000);
  const told = unmarked(list);
  const make = () => ({ madeAt: now(), revision: memory.revision(), list: withAddresses(told, memory.seen()) });
  let current = make();
  return () => {
    if (current.revision !== memory.revision() && now() - current.madeAt >= lifeMs) current = make();
    return { heartbeatS, roundS, linkS, list: current.list, ...extras };
  };
}

/** Which answers are known beforehand is not told: a probe that makes its records up must not know where it is tried. */
function unmarked(list: TargetList): TargetList {
  return { ...list, targets: list.targets.map(({ canary: _canary, absent: _absent, ...target }) => target) };
}
