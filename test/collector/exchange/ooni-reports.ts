/** Reports written by hand from the description of OONI's formats, one for each dialect that is read. */

const envelope = {
  annotations: { platform: "linux" },
  data_format_version: "0.2.0",
  measurement_start_time: "2023-06-01 10:00:00",
  probe_asn: "AS9198",
  probe_cc: "KZ",
  probe_ip: "127.0.0.1",
  report_id: "20230601T095900Z_webconnectivity_KZ_9198_n1_test",
  test_name: "web_connectivity",
  test_runtime: 12.5,
};
const event = (t0: number, t: number, transaction_id: number) => ({ t0, t, transaction_id, tags: ["depth=0"] });
const input = "https://blocked.example/";

/** A step-by-step probe: DNS fine, TCP fine, silence after ClientHello; the helper reached the site. */
export const SILENT_TLS = {
  ...envelope,
  input,
  test_keys: {
    queries: [
      {
        ...event(0, 0.02, 1),
        ...{
          engine: "getaddrinfo",
          failure: null,
          hostname: "blocked.example",
          query_type: "ANY",
          resolver_address: "",
        },
        answers: [
          { answer_type: "A", ipv4: "192.0.2.7", asn: 64496, ttl: null },
          { answer_type: "AAAA", ipv6: "2001:db8::7", ttl: null },
        ],
      },
      {
        ...event(0, 0.05, 2),
        ...{ engine: "udp", failure: null, hostname: "blocked.example", query_type: "A", rcode: 0 },
        ...{ resolver_address: "8.8.4.4:53", answers: [{ answer_type: "A", ipv4: "192.0.2.7", ttl: 60 }] },
      },
    ],
    tcp_connect: [
      { ...event(0.1, 0.15, 3), ip: "192.0.2.7", port: 443, status: { failure: null, success: true } },
      {
        ...event(0.1, 0.11, 4),
        ...{ ip: "2001:db8::7", port: 443, status: { failure: "network_unreachable", success: false } },
      },
    ],
    tls_handshakes: [
      {
        ...event(0.15, 10.15, 3),
        ...{ address: "192.0.2.7:443", failure: "generic_timeout_error", server_name: "blocked.example" },
        ...{ tls_version: "", negotiated_protocol: "", no_tls_verify: false, peer_certificates: [] },
      },
    ],
    requests: [],
    network_events: null,
    control_failure: null,
    control: {
      dns: { failure: null, addrs: ["192.0.2.7"] },
      tcp_connect: { "192.0.2.7:443": { status: true, failure: null } },
      tls_handshake: { "192.0.2.7:443": { server_name: "blocked.example", status: true, failure: null } },
      http_request: { status_code: 200, body_length: 5000, title: "News", failure: null, headers: { Server: "x" } },
    },
    blocking: "http-failure",
    accessible: false,
  },
};

/** The same site reached, with a page. */
export const FINE = {
  ...SILENT_TLS,
  measurement_start_time: "2023-06-01 11:00:00",
  test_keys: {
    ...SILENT_TLS.test_keys,
    tls_handshakes: [
      {
        ...SILENT_TLS.test_keys.tls_handshakes[0],
        ...{ failure: null, tls_version: "TLSv1.3", negotiated_protocol: "h2", t: 0.3 },
        peer_certificates: [{ format: "base64", data: Buffer.from("no real certificate").toString("base64") }],
      },
    ],
    requests: [
      {
        ...event(0.3, 0.9, 3),
        ...{ address: "192.0.2.7:443", alpn: "h2", network: "tcp", failure: null },
        request: { url: input, method: "GET", headers: {} },
        response: {
          ...{ code: 200, body_is_truncated: false, body: "<html><title> News\n of today </title></html>" },
          headers: { Server: "nginx", "Set-Cookie": "id=1", "CONTENT-TYPE": "text/html" },
        },
      },
    ],
    blocking: false,
    accessible: true,
  },
};

/** A certificate of somebody else. */
export const INTERCEPTED = {
  ...FINE,
  test_keys: {
    ...FINE.test_keys,
    tls_handshakes: [{ ...FINE.test_keys.tls_handshakes[0], failure: "ssl_unknown_authority" }],
    requests: [],
  },
};

/** The first probes: no transactions, no handshakes, failures of their library; the helper has names of its own. */
export const LEGACY_DNS = {
  ...envelope,
  input: "http://gone.example/",
  measurement_start_time: "2016-03-01 10:00:00",
  test_keys: {
    queries: [
      {
        ...{ hostname: "gone.example", query_type: "A", answers: [], failure: "dns_name_error" },
        ...{ resolver_hostname: "192.168.0.1", resolver_port: 53 },
      },
    ],
    tcp_connect: [],
    requests: [
      {
        failure: "dns_lookup_error",
        request: { url: "http://gone.example/", headers: {}, tor: { is_tor: false } },
        response: null,
      },
    ],
    control: {
      dns: { failure: "dns_name_error", addrs: [] },
      tcp_connect: {},
      http_request: { failure: "dns_lookup_error", status_code: -1, body_length: -1, headers: {} },
    },
    control_failure: null,
  },
};

/** Between the two: a reset in the handshake, which only the request tells. */
export const LEGACY_RESET = {
  ...envelope,
  input,
  measurement_start_time: "2018-03-01 10:00:00",
  test_keys: {
    queries: [
      {
        hostname: "blocked.example",
        query_type: "A",
        answers: [{ answer_type: "A", ipv4: "192.0.2.7" }],
        failure: null,
      },
    ],
    tcp_connect: [{ ip: "192.0.2.7", port: 443, status: { failure: false, success: true, blocked: false } }],
    requests: [{ failure: "connection_lost_error", request: { url: input }, response: null }],
    control: {
      dns: { failure: null, addrs: ["192.0.2.7", "edge.example"] },
      tcp_connect: { "192.0.2.7:443": { status: true, failure: null } },
      http_request: { failure: null, status_code: 200, body_length: 5000, title: "News", headers: {} },
    },
    control_failure: null,
  },
};
