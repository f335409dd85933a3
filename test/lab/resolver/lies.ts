/** How a resolver lies about one name and all below it. */
export type Lie = { kind: "address"; address: string } | { kind: "nxdomain" | "refused" | "servfail" | "silence" };

/** Lies by name; everything else is answered truly. */
export type Lies = Readonly<Record<string, Lie>>;

/** Types of unbound's local zones (unbound.conf(5), `local-zone`) that do what a lie says. */
const ZONE_TYPE = {
  address: "redirect",
  nxdomain: "always_nxdomain",
  refused: "always_refuse",
  silence: "always_deny",
} as const;

const TTL_S = 5;

/**
 * The commands of unbound-control(8) that make a resolver tell a lie. SERVFAIL has no local zone of its own: the name is
 * sent to `lame`, a server that fails, as a provider's broken upstream does. Pure.
 */
export function tell(name: string, lie: Lie, lame: string): string[] {
  if (lie.kind === "servfail") return [`forward_add ${name}. ${lame}`];
  const zone = `local_zone ${name}. ${ZONE_TYPE[lie.kind]}`;
  return lie.kind === "address" ? [zone, `local_data ${name}. ${TTL_S} A ${lie.address}`] : [zone];
}

/** The commands that end what {@link tell} began. Pure. */
export function untell(name: string, lie: Lie): string[] {
  return [lie.kind === "servfail" ? `forward_remove ${name}.` : `local_zone_remove ${name}.`];
}
