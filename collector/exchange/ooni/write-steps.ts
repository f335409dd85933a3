import type { DnsAnswer, DnsStep, HttpStep, TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";
import { writeFailure } from "./failure-names.ts";
import { RCODES, writeEndpoint } from "./values.ts";

/** The event lists of a report's test keys. Steps of one connection share a transaction, the id of its TCP step. */
export function writeSteps({ dns, tcp, tls, http }: WebBody) {
  const endpoints = new Map(tcp.map((step) => [step.id, writeEndpoint(step)]));
  return {
    queries: dns.map(writeQuery),
    x_dns_duplicate_responses: dns.flatMap((step) =>
      step.late.map(({ atMs, rcode, answers }) => ({
        ...writeQuery({ ...step, rcode, answers, failure: null }),
        ...{ t0: seconds(atMs), t: seconds(atMs) },
      })),
    ),
    tcp_connect: tcp.map(writeConnect),
    tls_handshakes: tls.map((step) => writeHandshake(step, endpoints.get(step.tcp) ?? "")),
    requests: http.map((step) => writeRequest(step, endpoints.get(step.tcp) ?? "")).reverse(),
  };
}

const ENGINES = { udp: "udp", tcp: "tcp", https: "doh", os: "getaddrinfo" } as const;

function writeQuery(step: DnsStep) {
  const { resolver, transport, name, type, rcode, answers, failure, raw, ttl, server } = step;
  const own = resolver === "system" || resolver === "os";
  const code = RCODES.indexOf(rcode ?? "");
  return {
    ...eventOf(step, step.id),
    failure: writeFailure(failure, raw),
    engine: resolver === "system" ? "system" : ENGINES[transport],
    hostname: name,
    query_type: type,
    // The resolver that a host is set to use is often the volunteer's router.
    resolver_address: own ? "" : (server ?? ""),
    rcode: code === -1 ? null : code,
    raw_response: null,
    answers: answers.map(writeAnswer),
    x_kuager: { resolver, transport, ...(ttl === undefined ? {} : { ttl }) },
  };
}

function writeAnswer({ type, data, ttl }: DnsAnswer) {
  const value = type === "A" ? { ipv4: data } : type === "AAAA" ? { ipv6: data } : { hostname: data };
  return { answer_type: type, ...value, ttl };
}

function writeConnect(step: TcpStep) {
  const { ip, port, failure, raw, purpose } = step;
  return {
    ...eventOf(step, step.id),
    ...{ ip, port, status: { failure: writeFailure(failure, raw), success: failure === null } },
    ...(purpose === undefined ? {} : { x_kuager: { purpose } }),
  };
}

function writeHandshake(step: TlsStep, address: string) {
  const { sni, purpose, version, alpn, chain, leaf, trusted, answered, failure, raw, untrusted, chainSha1 } = step;
  const ofCertificate = failure === null && trusted === false ? (untrusted ?? "ssl_unknown_authority") : null;
  return {
    ...eventOf(step, step.tcp),
    failure: writeFailure(failure ?? ofCertificate, raw),
    ...{ network: "tcp", address, server_name: sni ?? "", outer_server_name: "", echconfig: "" },
    ...{
      tls_version: version ?? "",
      cipher_suite: "",
      negotiated_protocol: alpn ?? "",
      no_tls_verify: trusted === null,
    },
    // Certificates themselves are not kept, only their hashes.
    peer_certificates: [],
    so_error: null,
    tags: purpose === "target" ? ["depth=0"] : [`kuager=${purpose}`],
    x_kuager: { purpose, chain, leaf, trusted, answered, ...(chainSha1 === undefined ? {} : { sha1: chainSha1 }) },
  };
}

function writeRequest(step: HttpStep, address: string) {
  const { url, status, headers, truncated, title, bodyBytes, bodySha256, ttfbMs, failure, raw, tls } = step;
  const { location, purpose, blockPage } = step;
  const all = location === null ? headers : { ...headers, location };
  const list = Object.entries(all);
  return {
    ...eventOf(step, step.tcp),
    failure: writeFailure(failure, raw),
    ...{ network: "tcp", address, alpn: "" },
    request: {
      url,
      method: "GET",
      headers: {},
      headers_list: [],
      body: "",
      body_is_truncated: false,
      x_transport: "tcp",
    },
    response: {
      ...{ code: status ?? 0, headers: all, headers_list: list, body: "", body_is_truncated: truncated },
    },
    x_kuager: {
      ...{ clear: tls === null, title, body_bytes: bodyBytes, body_sha256: bodySha256, ttfb_ms: ttfbMs },
      ...(purpose === undefined ? {} : { purpose }),
      ...(blockPage === undefined ? {} : { block_page: blockPage }),
    },
  };
}

function eventOf({ startMs, durationMs }: { startMs: number; durationMs: number }, transaction: number) {
  const t0 = seconds(startMs);
  return { t0, t: seconds(startMs + durationMs), tags: ["depth=0"], transaction_id: Math.max(0, transaction) };
}

function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1e6;
}
