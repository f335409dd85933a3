import type { AllowPrivate } from "./bogon.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Lookup } from "./dns-os.ts";
import type { HostFacts } from "./host-facts.ts";
import type { Page } from "./request.ts";

/** What one measurement of a web target is told. */
export type WebOptions = {
  target: string;
  /** The http or https URL to fetch. */
  url: string;
  /** UUID shared by the measurements of one round. */
  round: string;
  /** The host's own name servers, `ip:port`. */
  systemResolvers: readonly string[];
  /** Public resolvers, `ip` or `ip:port`. */
  publicResolvers: readonly string[];
  /** DoH servers, https URLs. */
  doh: readonly string[];
  /** Addresses that control probes saw. */
  addresses: readonly string[];
  /** A name that nobody blocks, for follow-ups; null leaves out those that need one. */
  controlSni: string | null;
  /** Whether anomalies are looked into; a function is asked once, when there are any (see follow-up-budget.ts). */
  followups: boolean | (() => boolean | Promise<boolean>);
  /** PEM certificates added to the public roots. */
  ca?: readonly string[];
  deadlines?: Partial<Deadlines>;
  /** In [0, 1): order of follow-ups, DNS query ids; by default Math.random and the system's secure source. */
  random?: () => number;
  /** Private addresses (loopback, LAN) are recorded and not dialled, unless allowed here. For laboratories. */
  allowPrivate?: AllowPrivate;
  /** Where a site's other scheme is looked for after an anomaly; 80 and 443 by default, for sites on those ports. */
  otherPorts?: { http: number; https: number };
  /** Where NCALayer listens on a host that runs it; 13579 by default. */
  ncaLayerPort?: number;
  /** getaddrinfo by default; null leaves the `os` resolver out. */
  lookup?: Lookup | null;
  /** What is known of the host; read from the host by default. */
  host?: HostFacts;
  /** Whether a page is a known block page: only then its text goes into the record. */
  isBlockPage?: (page: Page) => boolean;
};
