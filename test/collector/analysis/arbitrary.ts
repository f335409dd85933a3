import fc from "fast-check";
import { FAILURES } from "../../../protocol/failure.ts";
import type { WebBody } from "../../../protocol/records/web.ts";

const failure = fc.option(fc.constantFrom(...FAILURES), { nil: null, freq: 2 });
const ip = fc.constantFrom(
  "203.0.113.7",
  "198.51.100.66",
  "10.0.0.1",
  "2001:db8::1",
  "fe80::1",
  "0.0.0.0",
  "::ffff:127.0.0.1",
);
const name = fc.constantFrom("orda.kz", "ORDA.KZ.", "hidden.kz", "x", "..");
const url = fc.constantFrom(
  "https://orda.kz/",
  "http://orda.kz",
  "https://orda.kz:8443/a",
  "not a url",
  "",
  "ftp://x",
  "https://hidden.kz/",
);
const hash = fc.constantFrom("a".repeat(64), "b".repeat(64), "c".repeat(64));
const text = fc.constantFrom("", "Access restricted", "Just a moment...", "CN=x, O=ISCA");
const ms = fc.double({ min: 0, max: 1e13, noNaN: true });
const answers = fc.array(
  fc.record({
    type: fc.constantFrom("A", "AAAA", "CNAME", ""),
    data: fc.oneof(ip, fc.string({ maxLength: 20 })),
    ttl: fc.constant(null),
  }),
  { maxLength: 3 },
);
const step = { id: fc.integer({ min: 1, max: 9 }), startMs: ms, durationMs: ms, failure };
const dns = fc.record({
  ...step,
  resolver: fc.constantFrom("system", "os", "udp:9.9.9.9", "doh:dns.example"),
  server: fc.option(fc.constantFrom("192.168.1.1:53", "[2001:db8::53]:53", "9.9.9.9", ""), { nil: null }),
  transport: fc.constantFrom("udp" as const, "tcp" as const, "https" as const, "os" as const),
  name,
  type: fc.constantFrom("A" as const, "AAAA" as const),
  rcode: fc.option(fc.constantFrom("NOERROR", "NXDOMAIN"), { nil: null }),
  answers,
  late: fc.array(fc.record({ atMs: ms, rcode: fc.constant("NOERROR"), answers }), { maxLength: 2 }),
});
const tcp = fc.record({ ...step, ip, port: fc.constantFrom(443, 80, 0, 8443) });
const tls = fc.record({
  ...step,
  tcp: fc.integer({ min: -1, max: 9 }),
  sni: fc.option(name, { nil: null }),
  purpose: fc.constantFrom(
    "target" as const,
    "sni-control" as const,
    "alt-address" as const,
    "no-sni" as const,
    "split-hello" as const,
  ),
  version: fc.constant(null),
  alpn: fc.constant(null),
  chain: fc.array(hash, { maxLength: 2 }),
  leaf: fc.option(
    fc.record({ subject: text, issuer: text, sans: fc.constant<string[]>([]), notBefore: text, notAfter: text }),
    {
      nil: null,
    },
  ),
  trusted: fc.option(fc.boolean(), { nil: null }),
  answered: fc.boolean(),
});
const http = fc.record({
  ...step,
  tcp: fc.integer({ min: -1, max: 9 }),
  tls: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
  url,
  ttfbMs: fc.constant(null),
  status: fc.option(fc.constantFrom(200, 301, 304, 403, 404, 451, 502, 503, 999), { nil: null }),
  headers: fc.dictionary(fc.constantFrom("link", "server", "cf-mitigated"), text),
  location: fc.option(url, { nil: null }),
  bodyBytes: fc.nat(5000),
  bodySha256: fc.constant(null),
  truncated: fc.boolean(),
  title: fc.option(text, { nil: null }),
});
const local = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "antivirus" as const,
      "ncalayer" as const,
      "vpn" as const,
      "proxy" as const,
      "captive_portal" as const,
      "hosts_file" as const,
      "broken_ipv6" as const,
      "wrong_clock" as const,
      "metered" as const,
      "resolver_dead" as const,
    ),
    says: text,
  }),
  { maxLength: 1 },
);

/** Any web body that the schema accepts, sensible or not: dangling ids, ids given twice, URLs that are none. */
export const anyBody: fc.Arbitrary<WebBody> = fc.record({
  target: name,
  url,
  round: fc.constant("00000000-0000-4000-8000-000000000000"),
  durationMs: ms,
  dns: fc.array(dns, { maxLength: 4 }),
  tcp: fc.array(tcp, { maxLength: 3 }),
  tls: fc.array(tls, { maxLength: 3 }),
  http: fc.array(http, { maxLength: 3 }),
  local,
});
