import type { Logger } from "pino";
import type { ProbeConfig } from "../../protocol/wire.ts";
import type { EpochMs, Item } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import type { RateLimits } from "./limits.ts";
import type { Meter } from "./meter.ts";
import type { Presence } from "./presence.ts";
import type { Turns } from "./turns.ts";

/** What everything that takes something in from probes shares. */
export type Intake = {
  readonly store: Store;
  readonly turns: Turns;
  readonly presence: Presence;
  /** Who beats over DNS, whether or not it beats otherwise. */
  readonly dnsPresence: Presence;
  readonly limits: RateLimits;
  /** Hands committed facts to the analysis, within the turn that stored them. */
  readonly feed: (items: readonly Item[], at: EpochMs) => Promise<void>;
  /** How a probe should work now; null: what anyone may be told, without the probe's own secret. */
  readonly config: (probe: string | null) => ProbeConfig;
  /** Salt of invitation codes. */
  readonly salt: string;
  readonly log: Logger;
  readonly meter: Meter;
};
