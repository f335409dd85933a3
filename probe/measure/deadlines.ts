/** How long each step may take, in milliseconds. */
export type Deadlines = {
  /** One DNS question, TCP retry and DoH connection included. */
  dnsMs: number;
  /** How long further, different UDP answers are awaited after the first. */
  lateMs: number;
  tcpMs: number;
  tlsMs: number;
  /** One HTTP exchange, headers and body. */
  httpMs: number;
  /** The whole measurement. */
  totalMs: number;
};

/**
 * DNS to HTTP are OONI's time limits (probe-cli, web_connectivity v0.5), so that results compare. The total leaves
 * room for several addresses that stay silent and the follow-ups.
 */
export const DEADLINES: Deadlines = {
  dnsMs: 4_000,
  lateMs: 500,
  tcpMs: 10_000,
  tlsMs: 10_000,
  httpMs: 10_000,
  totalMs: 150_000,
};
