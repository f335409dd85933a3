import { answer, dnsLie, FORGED_IP, REAL_IP, TRUSTED, UNTRUSTED, web } from "../build.ts";
import { CLEAR, clearPage, FINE, type Row, SILENCE, systemSays, UP } from "./row.ts";

/** Answers of DNS. */
export const DNS_ROWS: readonly Row[] = [
  [
    "two contradicting answers are an injection",
    web({ dns: [{ ...answer(FORGED_IP), late: [{ atMs: 9, rcode: "NOERROR", ...answer(REAL_IP) }] }] }),
    { link: UP, controls: FINE },
    "dns_tamper",
    "dns-injected",
    "self-evident",
  ],
  [
    "the same answer twice is a repeat",
    web({
      dns: [{ ...answer(REAL_IP), late: [{ atMs: 9, rcode: "NOERROR", ...answer(REAL_IP) }] }],
      tcp: [{}],
      tls: [TRUSTED],
      http: [{}],
    }),
    {},
    "ok",
    "trusted-page",
  ],
  [
    "a bogon that controls do not get",
    web({ dns: [{ failure: "dns_bogon_error", ...answer("10.10.34.34") }] }),
    { link: UP, controls: FINE },
    "dns_tamper",
    "dns-bogon",
    "contrasted",
  ],
  [
    "a bogon that controls get too",
    web({ dns: [{ failure: "dns_bogon_error", ...answer("10.10.34.34") }] }),
    { link: UP, controls: [web({ dns: [answer("10.10.34.34")] })] },
    "site_down",
    "fails-for-controls",
  ],
  [
    "NXDOMAIN only from the configured resolver",
    systemSays("dns_nxdomain_error"),
    { controls: FINE },
    "dns_tamper",
    "dns-denied",
    "self-evident",
  ],
  [
    "REFUSED, from a resolver on the own network",
    systemSays("dns_refused_error", {
      dns: [
        { failure: "dns_refused_error", server: "192.168.1.1:53" },
        { resolver: "udp:9.9.9.9", ...answer(REAL_IP) },
      ],
    }),
    {},
    "dns_tamper",
    "dns-denied",
    "contrasted",
  ],
  [
    "silence of a resolver that answers for another name",
    systemSays("generic_timeout_error", {
      dns: [
        { failure: "generic_timeout_error", rcode: null },
        { resolver: "doh:dns.example", transport: "https", ...answer(REAL_IP) },
        { name: "innocent.test", ...answer("203.0.113.99") },
      ],
    }),
    {},
    "dns_tamper",
    "dns-denied",
    "contrasted",
  ],
  [
    "a denial that an encrypted resolver shares",
    web({
      dns: [
        { failure: "dns_nxdomain_error", rcode: "NXDOMAIN" },
        { resolver: "doh:dns.example", transport: "https", failure: "dns_nxdomain_error", rcode: "NXDOMAIN" },
      ],
    }),
    { controls: FINE, link: UP },
    "inconclusive",
    "too-little",
  ],
  [
    "two answers, both true: a CDN that answers in turns",
    web({
      dns: [{ ...answer(REAL_IP), late: [{ atMs: 9, rcode: "NOERROR", ...answer("203.0.113.8") }] }],
      tcp: [{}, { ip: "203.0.113.8" }],
      tls: [TRUSTED, { ...TRUSTED, tcp: 3 }],
      http: [{}],
    }),
    {},
    "ok",
    "trusted-page",
  ],
  [
    "a denial, then an answer: the denial was put in",
    web({
      dns: [{ failure: "dns_nxdomain_error", rcode: "NXDOMAIN", late: [{ atMs: 9, rcode: "SERVFAIL", answers: [] }] }],
    }),
    { link: UP, controls: FINE },
    "dns_tamper",
    "dns-injected",
  ],
  [
    "silence of the resolver, of which nothing else is known",
    systemSays("generic_timeout_error", { tls: [], http: [] }),
    {},
    "inconclusive",
    "dns-denied",
    "weak",
  ],
  [
    "silence of a resolver that is silent for every name, while the page came by another",
    systemSays("generic_timeout_error"),
    { local: ["resolver_dead"], controls: FINE },
    "ok",
    "trusted-page",
  ],
  [
    "NXDOMAIN for controls as well",
    web({ dns: [{ failure: "dns_nxdomain_error", rcode: "NXDOMAIN" }] }),
    { controls: [web({ dns: [{ failure: "dns_nxdomain_error", rcode: "NXDOMAIN" }] })] },
    "site_down",
    "fails-for-controls",
  ],
  ["a lie beside which the page was had", dnsLie(), { controls: FINE }, "dns_tamper", "dns-contradicted", "contrasted"],
  [
    "an address nobody else names, with the name's certificate",
    web({
      dns: [answer("198.51.100.9"), { resolver: "doh:dns.example", ...answer(REAL_IP) }],
      tcp: [{ ip: "198.51.100.9" }],
      tls: [TRUSTED],
      http: [{}],
    }),
    { controls: FINE },
    "ok",
    "trusted-page",
  ],
  [
    "a liar's server with a certificate of its own",
    web({ dns: [answer(FORGED_IP)], tcp: [{ ip: FORGED_IP }], tls: [UNTRUSTED] }),
    { controls: FINE },
    "dns_tamper",
    "dns-contradicted",
    "contrasted",
  ],
  [
    "a clear page at an address nobody else names, unlike the controls'",
    web({
      url: CLEAR,
      dns: [answer(FORGED_IP)],
      tcp: [{ ip: FORGED_IP, port: 80 }],
      http: [{ tls: null, title: "Casino", bodyBytes: 1 }],
    }),
    { controls: [clearPage()] },
    "inconclusive",
    "too-little",
  ],
  [
    "the same, while this line gets the controls' page where others lead",
    web({
      url: CLEAR,
      dns: [answer(FORGED_IP), { resolver: "doh:dns.example", ...answer(REAL_IP) }],
      tcp: [
        { ip: FORGED_IP, port: 80 },
        { ip: REAL_IP, port: 80 },
      ],
      http: [
        { tls: null, title: "Casino", bodyBytes: 1 },
        { tls: null, tcp: 4 },
      ],
    }),
    { controls: [clearPage()] },
    "dns_tamper",
    "dns-contradicted",
    "contrasted",
  ],
  [
    "an address nobody else names that shows the site's own certificate, run out",
    web({
      dns: [answer(FORGED_IP)],
      tcp: [{ ip: FORGED_IP }],
      tls: [{ ...UNTRUSTED, untrusted: "ssl_invalid_certificate" }],
      http: [{}],
    }),
    { controls: [web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [{ ...UNTRUSTED, ...TRUSTED }], http: [{}] })] },
    "inconclusive",
    "too-little",
  ],
  [
    "one address for every name is a portal",
    web({
      dns: [answer(FORGED_IP), { name: "innocent.test", ...answer(FORGED_IP) }],
      tcp: [{ ip: FORGED_IP }],
      tls: [UNTRUSTED],
    }),
    { controls: FINE },
    "captive_portal",
    "answers-for-all",
    "weak",
  ],
  [
    "one address for two names is hosting, where others name it as well",
    web({
      dns: [answer(REAL_IP), { name: "innocent.test", ...answer(REAL_IP) }],
      tcp: [{}, {}],
      tls: [SILENCE, { tcp: 4, purpose: "sni-control", sni: "innocent.test", answered: true }],
    }),
    { controls: FINE },
    "tls_drop",
    "tls-name-rule",
  ],
  [
    "a dead address nobody else names, while controls and an encrypted resolver agree",
    web({
      dns: [answer(FORGED_IP), { resolver: "doh:dns.example", ...answer(REAL_IP) }],
      tcp: [{ ip: FORGED_IP, failure: "generic_timeout_error" }],
    }),
    { controls: FINE },
    "dns_tamper",
    "dns-contradicted",
    "contrasted",
  ],
  [
    "a dead address nobody else names, without an encrypted resolver: a place of a CDN or a lie",
    web({ dns: [answer(FORGED_IP)], tcp: [{ ip: FORGED_IP, failure: "generic_timeout_error" }] }),
    { controls: FINE },
    "inconclusive",
    "tcp-closed",
  ],
  [
    "one lost datagram: the question for IPv6 is answered, and truly so",
    web({
      dns: [
        { failure: "generic_timeout_error", rcode: null },
        { type: "AAAA", failure: "dns_no_answer" },
        { name: "innocent.test", ...answer("203.0.113.99") },
      ],
    }),
    { controls: FINE, link: UP },
    "inconclusive",
    "too-little",
  ],
  [
    "no IPv6 address, where others name one, is a denial",
    web({
      dns: [
        { type: "AAAA", failure: "dns_no_answer" },
        { resolver: "doh:dns.example", type: "AAAA", ...answer("2001:db8::7") },
      ],
    }),
    { controls: FINE, link: UP },
    "dns_tamper",
    "dns-denied",
  ],
  [
    "a failure of getaddrinfo that passes denies nothing",
    web({
      dns: [
        { resolver: "os", transport: "os", failure: "dns_temporary_failure", rcode: null },
        { resolver: "udp:9.9.9.9", ...answer(REAL_IP) },
      ],
      tcp: [{ failure: "generic_timeout_error" }],
    }),
    { controls: FINE },
    "inconclusive",
    "dns-denied",
    "weak",
  ],
  [
    "an interceptor's certificate at addresses that others name as well is no lie of DNS",
    web({
      dns: [answer("198.51.100.9")],
      tcp: [{ ip: "198.51.100.9" }, { ip: REAL_IP }],
      tls: [UNTRUSTED, { ...UNTRUSTED, tcp: 3 }],
    }),
    { controls: FINE },
    "tls_mitm",
    "tls-other-certificate",
    "contrasted",
  ],
  [
    "a liar's page that leads on to another page of the liar is no portal",
    web({
      dns: [answer(FORGED_IP), { name: "page.test", ...answer(FORGED_IP) }],
      tcp: [{ ip: FORGED_IP }],
      tls: [UNTRUSTED],
      http: [{ status: 302, location: "https://page.test/" }],
    }),
    { controls: FINE },
    "dns_tamper",
    "dns-contradicted",
  ],
];
