/** Where a resolver of the lab listens, whom it asks, and where it keeps its files. */
export type ResolverPlan = {
  /** Addresses it answers on, port 53. */
  addresses: readonly string[];
  /** Whom it asks for the names of a zone; `.` is every zone that is not named. */
  upstreams: readonly { zone: string; address: string }[];
};

/**
 * The text of unbound.conf for one network's resolver: it asks the lab's own authority servers, knows no root and
 * validates nothing. Nothing is kept beyond a moment (`cache-max-ttl`, `infra-host-ttl`), so that an act shows at once
 * and leaves nothing behind. Source of the options: unbound.conf(5) of unbound 1.17. Pure.
 */
export function unboundConfig({ addresses, upstreams }: ResolverPlan, folder: string): string {
  const server = [
    ...addresses.map((address) => `interface: ${address}`),
    "access-control: 0.0.0.0/0 allow",
    "access-control: ::0/0 allow",
    `directory: "${folder}"`,
    'username: ""',
    'chroot: ""',
    'pidfile: ""',
    'logfile: ""',
    "use-syslog: no",
    "do-daemonize: no",
    'module-config: "iterator"',
    'root-hints: ""',
    "num-threads: 1",
    "msg-cache-size: 1m",
    "rrset-cache-size: 1m",
    "outgoing-range: 128",
    "num-queries-per-thread: 64",
    "so-reuseport: no",
    "qname-minimisation: no",
    "minimal-responses: yes",
    "cache-max-ttl: 0",
    "cache-max-negative-ttl: 0",
    "infra-host-ttl: 1",
    "infra-cache-max-rtt: 800",
    "outbound-msg-retry: 3",
  ];
  const control = ["control-enable: yes", "control-use-cert: no", `control-interface: ${controlSocket(folder)}`];
  const zones = upstreams.map(({ zone, address }) =>
    section("forward-zone", [`name: "${zone}"`, `forward-addr: ${address}`]),
  );
  return [section("server", server), section("remote-control", control), ...zones].join("");
}

/** Path of the socket through which a resolver takes orders. */
export function controlSocket(folder: string): string {
  return `${folder}/control`;
}

function section(name: string, lines: readonly string[]): string {
  return `${name}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
