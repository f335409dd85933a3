import { z } from "zod";
import { FollowUpPurpose, Leaf, TlsPurpose } from "../../../protocol/records/web.ts";

/**
 * The parts of OONI's web_connectivity report that are read here (github.com/ooni/spec: df-000, df-001, df-002, df-005,
 * df-006, ts-017). Reports of ten years differ: a field of another form than it should have counts as absent.
 */
const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().catch(null);
const text = maybe(z.string());
const number = maybe(z.number());
const list = <S extends z.ZodType>(item: S) =>
  z
    .array(item.catch(null as never))
    .nullish()
    .catch(null);
const failure = maybe(z.union([z.string(), z.boolean()]));
const event = { t0: number, t: number, transaction_id: number, failure };

/** Binary data: text as it is, or base64 in an object. */
const Bytes = z.union([z.string(), z.object({ format: z.string(), data: z.string() })]);
export type Bytes = z.infer<typeof Bytes>;

/** What a report written here says beyond OONI's format, so that nothing is lost on the way back. */
const OwnDns = z.object({ resolver: text, transport: text, ttl: number });
const OwnTls = z.object({
  purpose: maybe(TlsPurpose),
  chain: maybe(z.array(z.string().regex(/^[0-9a-f]{64}$/))),
  sha1: maybe(z.array(z.string().regex(/^[0-9a-f]{40}$/))),
  leaf: maybe(Leaf),
  trusted: maybe(z.boolean()),
  answered: maybe(z.boolean()),
});
const OwnTcp = z.object({ purpose: maybe(FollowUpPurpose) });
const OwnHttp = z.object({
  purpose: maybe(FollowUpPurpose),
  block_page: text,
  clear: maybe(z.boolean()),
  title: text,
  body_bytes: number,
  body_sha256: text,
  ttfb_ms: number,
});

export const Query = z.object({
  ...event,
  hostname: text,
  query_type: text,
  engine: text,
  resolver_address: text,
  resolver_hostname: text,
  resolver_port: maybe(z.union([z.string(), z.number()])),
  rcode: number,
  answers: list(z.object({ answer_type: text, ipv4: text, ipv6: text, hostname: text, ttl: number })),
  x_kuager: maybe(OwnDns),
});
export type Query = z.infer<typeof Query>;

export const TcpConnect = z.object({
  ...event,
  ip: text,
  port: number,
  status: maybe(z.object({ failure, success: maybe(z.boolean()) })),
  x_kuager: maybe(OwnTcp),
});
export type TcpConnect = z.infer<typeof TcpConnect>;

export const TlsHandshake = z.object({
  ...event,
  address: text,
  server_name: text,
  tls_version: text,
  negotiated_protocol: text,
  no_tls_verify: maybe(z.boolean()),
  peer_certificates: list(Bytes),
  x_kuager: maybe(OwnTls),
});
export type TlsHandshake = z.infer<typeof TlsHandshake>;

const Headers = maybe(z.record(z.string(), z.unknown()));
export const Request = z.object({
  ...event,
  address: text,
  request: maybe(z.object({ url: text })),
  response: maybe(
    z.object({ code: number, headers: Headers, body: maybe(Bytes), body_is_truncated: maybe(z.boolean()) }),
  ),
  x_kuager: maybe(OwnHttp),
});
export type Request = z.infer<typeof Request>;

const Endpoint = z.object({ status: maybe(z.boolean()), failure, server_name: text });
const Endpoints = maybe(z.record(z.string(), Endpoint.catch({ status: null, failure: null, server_name: null })));

/** What the test helper saw. */
export const Helper = z.object({
  dns: maybe(z.object({ failure, addrs: maybe(z.array(z.string())) })),
  tcp_connect: Endpoints,
  tls_handshake: Endpoints,
  http_request: maybe(z.object({ failure, status_code: number, body_length: number, title: text, headers: Headers })),
});
export type Helper = z.infer<typeof Helper>;

export const Report = z.object({
  test_name: z.literal("web_connectivity", { error: "only web_connectivity reports can be read" }),
  input: z.string({ error: "the URL is missing" }).min(1).max(2048),
  /** Text; in the first reports seconds since 1970, or only the start of the whole test. */
  measurement_start_time: maybe(z.union([z.string(), z.number()])),
  test_start_time: maybe(z.union([z.string(), z.number()])),
  start_time: number,
  report_id: text,
  test_runtime: number,
  probe_asn: text,
  probe_cc: text,
  annotations: maybe(z.record(z.string(), z.unknown())),
  test_keys: z.object(
    {
      queries: list(Query),
      x_dns_duplicate_responses: list(Query),
      tcp_connect: list(TcpConnect),
      tls_handshakes: list(TlsHandshake),
      requests: list(Request),
      control: maybe(Helper),
      control_failure: failure,
    },
    { error: "test_keys are missing" },
  ),
});
export type Report = z.infer<typeof Report>;
