import { z } from "zod";
import { Failure } from "../failure.ts";
import { LIMITS } from "../limits.ts";
import { atMost, Hex32, HostName, Ip, Ms, Port, RoundId, Text, Url } from "../primitives.ts";
import { LocalSuspect } from "./local.ts";

const failureFields = {
  failure: Failure.nullable(),
  /** errno, TLS alert or rcode as the library gave it; for readers only, analysis never reads it. */
  raw: Text.optional(),
};
/** `startMs` counts from the start of the measurement on the monotonic clock. */
const stepFields = { id: z.int().min(1), startMs: Ms, durationMs: Ms, ...failureFields };

export const DnsAnswer = z.object({
  type: z.string().max(16),
  data: Text,
  ttl: z.int().min(0).nullable(),
});
export type DnsAnswer = z.infer<typeof DnsAnswer>;

/** Who was asked: `system` (resolv.conf, over UDP/TCP), `os` (getaddrinfo), `udp:<ip>`, `doh:<name>`. */
export const Resolver = z.string().regex(/^(?:system|os|udp:[0-9a-fA-F.:]+|doh:[^\s]{1,253})$/, "unknown resolver");

export const DnsStep = z.object({
  ...stepFields,
  resolver: Resolver,
  server: Text.nullable(),
  transport: z.enum(["udp", "tcp", "https", "os"]),
  name: HostName,
  type: z.enum(["A", "AAAA"]),
  rcode: z.string().max(16).nullable(),
  answers: z.array(DnsAnswer).max(LIMITS.stepsPerKind),
  /** Further, different answers within 500 ms of the first: two answers to one question are an injection. */
  late: z
    .array(z.object({ atMs: Ms, rcode: z.string().max(16), answers: z.array(DnsAnswer).max(LIMITS.stepsPerKind) }))
    .max(16),
  /** Set on TTL-limited questions that look for the injector's distance. */
  ttl: z.int().min(1).max(255).optional(),
});
export type DnsStep = z.infer<typeof DnsStep>;

/**
 * What a step after an anomaly asks: an innocent name there, the name at another address, no name, the name in two
 * segments, the site's other port (80 for 443 and the reverse), an innocent Host in clear, the innocent name at its own
 * address (which tells of the line).
 */
export const FollowUpPurpose = z.enum([
  "sni-control",
  "alt-address",
  "no-sni",
  "split-hello",
  "other-port",
  "host-control",
  "line-control",
]);
export type FollowUpPurpose = z.infer<typeof FollowUpPurpose>;

/** `purpose` stands on connections made for a follow-up only. */
export const TcpStep = z.object({ ...stepFields, ip: Ip, port: Port, purpose: FollowUpPurpose.optional() });
export type TcpStep = z.infer<typeof TcpStep>;

export const TlsPurpose = z.enum([
  "target",
  "sni-control",
  "alt-address",
  "no-sni",
  "split-hello",
  "other-port",
  "line-control",
]);
export type TlsPurpose = z.infer<typeof TlsPurpose>;

export const Leaf = z.object({
  subject: Text,
  issuer: Text,
  sans: z.array(z.string().max(LIMITS.name)).max(LIMITS.sans),
  notBefore: z.string().max(40),
  notAfter: z.string().max(40),
});
export type Leaf = z.infer<typeof Leaf>;

export const TlsStep = z.object({
  ...stepFields,
  tcp: z.int(),
  sni: z.string().max(LIMITS.name).nullable(),
  purpose: TlsPurpose,
  version: z.string().max(16).nullable(),
  alpn: z.string().max(32).nullable(),
  /** SHA-256 of each DER certificate as sent, leaf first. */
  chain: z.array(Hex32).max(LIMITS.certificates),
  /** SHA-1 of the same, where the chain does not hold: some known interceptors are on record by that alone. */
  chainSha1: z
    .array(z.string().regex(/^[0-9a-f]{40}$/, "expected 40 lower-case hex digits"))
    .max(LIMITS.certificates)
    .optional(),
  leaf: Leaf.nullable(),
  /** Whether the chain and the name hold against the public roots; null when no certificate was seen. */
  trusted: z.boolean().nullable(),
  /** Why not: an ssl_* failure, when `trusted` is false. */
  untrusted: Failure.optional(),
  /** The server sent at least one byte after ClientHello (an alert counts): the path is open. */
  answered: z.boolean(),
});
export type TlsStep = z.infer<typeof TlsStep>;

export const HttpStep = z.object({
  ...stepFields,
  tcp: z.int(),
  tls: z.int().nullable(),
  url: Url,
  ttfbMs: Ms.nullable(),
  status: z.int().min(100).max(999).nullable(),
  /** Lower-case names; selected headers only (no cookies). */
  headers: atMost(LIMITS.headers, z.record(z.string().max(64), z.string().max(LIMITS.headerValue))),
  location: Url.nullable(),
  /** Bytes of the body that were read, unpacked where the server packed it (gzip, deflate, br); hash and title are of these. */
  bodyBytes: z.int().min(0),
  /** Bytes of the body as they came, where it was packed. */
  wireBytes: z.int().min(0).optional(),
  bodySha256: Hex32.nullable(),
  truncated: z.boolean(),
  title: z.string().max(LIMITS.title).nullable(),
  /** Text of a page that matched a known block page; no other body leaves the probe. */
  blockPage: z.string().max(LIMITS.blockPageBytes).optional(),
  /** Only on requests made for a follow-up. */
  purpose: FollowUpPurpose.optional(),
});
export type HttpStep = z.infer<typeof HttpStep>;

/** The steps of one measurement; an empty array means "not reached". */
export const Steps = {
  dns: z.array(DnsStep).max(LIMITS.stepsPerKind),
  tcp: z.array(TcpStep).max(LIMITS.stepsPerKind),
  tls: z.array(TlsStep).max(LIMITS.stepsPerKind),
  http: z.array(HttpStep).max(LIMITS.stepsPerKind),
};

/** One target measured (design 4.2). `round` groups the measurements of one round of one probe. */
export const WebBody = z.object({
  target: HostName,
  url: Url,
  round: RoundId,
  durationMs: Ms,
  ...Steps,
  local: z.array(LocalSuspect).max(32).optional(),
});
export type WebBody = z.infer<typeof WebBody>;
