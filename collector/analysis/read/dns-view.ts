import type { DnsStep } from "../../../protocol/records/web.ts";
import { addressOf, isPrivateAddress } from "./address.ts";
import type { ControlFacts } from "./control.ts";
import { addressesIn, type Facts, isTrusted } from "./facts.ts";

/** The answers for the first host, by who gave them, and what is known to be true. */
export type DnsView = {
  /** What the host is configured to ask: the raw system resolver, or getaddrinfo where that was not asked. */
  system: DnsStep[];
  told: Set<string>;
  udp: () => ReadonlySet<string>;
  doh: () => ReadonlySet<string>;
  /** Addresses that only a site without public ones can have, told by controls or over HTTPS. */
  privateElsewhere: () => boolean;
  controls: () => ReadonlySet<string>;
  /** Addresses that completed a handshake with a certificate for the name: true whoever named them. */
  proved: Set<string>;
  /** The system resolver stands on the volunteer's own network: its lies may be the router's. */
  ownResolver: () => boolean;
};

/** Sorts the DNS steps of a measurement; questions with a limited TTL look for injectors and are left out. */
export function readDns(facts: Facts, controls: readonly ControlFacts[]): DnsView {
  const steps = facts.dns.filter((step) => step.ttl === undefined);
  const raw = steps.filter(({ resolver }) => resolver === "system");
  const system = raw.length > 0 ? raw : steps.filter(({ resolver }) => resolver === "os");
  const by = (prefix: string) =>
    answered(steps.filter(({ resolver, failure }) => failure === null && resolver.startsWith(prefix)));
  const usable = controls.filter((control) => control.usable);
  return {
    system,
    told: answered(system),
    proved: new Set(facts.paths.filter((path) => path.tls.some(isTrusted)).map(({ ip }) => ip)),
    // Most measurements are decided without these.
    udp: once(() => by("udp:")),
    doh: once(() => by("doh:")),
    controls: once(() => new Set(usable.flatMap((control) => [...control.addresses]))),
    privateElsewhere: once(
      () =>
        usable.some(({ addresses }) => [...addresses].some(isPrivateAddress)) ||
        [...answered(steps.filter(({ resolver }) => resolver.startsWith("doh:")))].some(isPrivateAddress),
    ),
    ownResolver: once(() => system.every(({ server }) => server === null || isPrivateAddress(addressOf(server)))),
  };
}

/** Works a value out when it is first asked for. */
function once<T>(make: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: make() };
    return known.value;
  };
}

/** Whether two sets share a member. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const member of a) if (b.has(member)) return true;
  return false;
}

function answered(steps: readonly DnsStep[]): Set<string> {
  return new Set(steps.flatMap((step) => addressesIn(step.answers)));
}
