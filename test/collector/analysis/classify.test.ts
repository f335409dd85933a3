import { describe, expect, it } from "vitest";
import { type Control, classify, type LinkView } from "../../../collector/analysis/classify.ts";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { RULES } from "../../../collector/analysis/rules/table.ts";
import type { LocalSuspect } from "../../../protocol/records/local.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import type { Strength, VerdictCode } from "../../../protocol/verdict.ts";
import {
  answer,
  deadLine,
  dnsLie,
  FORGED_IP,
  KNOWLEDGE,
  okPage,
  REAL_IP,
  T0,
  TRUSTED,
  tcpTimeout,
  tlsDrop,
  tlsDropUnproved,
  UNTRUSTED,
  web,
} from "./build.ts";

/** `sameControl` are results of one control probe, one after another. */
type Setting = { controls?: WebBody[]; sameControl?: WebBody[]; local?: LocalSuspect["kind"][]; link?: LinkView };
type Row = [says: string, body: WebBody, setting: Setting, code: VerdictCode, rule: string, strength?: Strength];

const UP: LinkView = { state: "international", portal: false, resolverOk: true };
const FINE = [okPage(), okPage()];
const CLEAR = "http://plain.kz/";
const KZ = "https://hola.kz/";
const clearPage = (http: object = {}) =>
  web({ url: CLEAR, dns: [answer(REAL_IP)], tcp: [{ port: 80 }], http: [{ tls: null, ...http }] });
const refused = (status: number, more: object = {}) =>
  web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status, ...more }] });
const systemSays = (failure: "dns_nxdomain_error" | "dns_refused_error" | "generic_timeout_error", more: object = {}) =>
  web({
    dns: [
      { failure, rcode: failure === "dns_nxdomain_error" ? "NXDOMAIN" : null },
      { resolver: "doh:dns.example", transport: "https", ...answer(REAL_IP) },
    ],
    tcp: [{}],
    tls: [TRUSTED],
    http: [{}],
    ...more,
  });
const handshake = (
  failure: "connection_reset" | "eof_error" | "ssl_failed_handshake" | "generic_timeout_error",
  answered = false,
) => web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [{ failure, answered }] });
const strangeCertificate = (more: object = {}) =>
  web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [{ ...UNTRUSTED, ...more }], http: [{}] });
const SILENCE = { failure: "generic_timeout_error", answered: false } as const;
const inside403 = {
  url: KZ,
  dns: [answer(REAL_IP)],
  tcp: [{}],
  tls: [TRUSTED],
  http: [{ status: 403 }],
};
const ISCA = { leaf: { subject: "CN=orda.kz", issuer: "C=KZ, O=ISCA, CN=X", sans: [], notBefore: "", notAfter: "" } };

const ROWS: Row[] = [
  ["an empty body says nothing", web(), {}, "inconclusive", "nothing-measured"],
  ["a VPN takes away even an ok", okPage(), { local: ["vpn"], controls: FINE }, "local_interference", "vpn"],

  ["a known interceptor is proof", strangeCertificate(ISCA), {}, "tls_mitm", "known-interception-root", "self-evident"],
  [
    "an interceptor's hash in the chain is proof",
    strangeCertificate({ chain: ["d".repeat(64), "c".repeat(64)] }),
    {},
    "tls_mitm",
    "known-interception-root",
    "self-evident",
  ],
  [
    "the national authority's certificate that controls get too is the site's own",
    strangeCertificate(ISCA),
    { controls: [strangeCertificate(ISCA)] },
    "ok",
    "same-certificate",
  ],
  [
    "a known block page is proof",
    clearPage({ title: "Access restricted" }),
    {},
    "block_page",
    "known-block-page",
    "self-evident",
  ],
  [
    "a known block page told by its status and a header, of an authority that is not named",
    clearPage({ status: 403, title: "x", headers: { server: "filter" } }),
    {},
    "block_page",
    "known-block-page",
    "self-evident",
  ],
  [
    "the header without the status is another page",
    clearPage({ status: 200, title: "x", headers: { server: "filter" } }),
    {},
    "inconclusive",
    "too-little",
  ],
  [
    "a page of generic wording, while controls get the site's own",
    clearPage({ title: "x", blockPage: "<p>By decision of the authority</p>" }),
    { controls: [clearPage()] },
    "block_page",
    "known-block-page",
    "contrasted",
  ],
  [
    "a page of generic wording that nothing is held against",
    clearPage({ title: "x", blockPage: "<p>By decision of the authority</p>" }),
    {},
    "inconclusive",
    "known-block-page",
    "weak",
  ],
  [
    "a page with a known title that controls get as well is the site's own",
    clearPage({ title: "Access restricted" }),
    { controls: [clearPage({ title: "Access restricted" })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a page of the same title over a valid certificate is the site's own",
    refused(200, { title: "Access restricted" }),
    {},
    "ok",
    "trusted-page",
  ],

  [
    "a portal before the line",
    clearPage({ title: "Log in" }),
    { local: ["captive_portal"] },
    "captive_portal",
    "captive-portal",
  ],
  ["a portal told by the link", deadLine(), { link: { ...UP, portal: true } }, "captive_portal", "captive-portal"],
  ["a valid page behind a portal is a page", okPage(), { local: ["captive_portal"] }, "ok", "trusted-page"],
  [
    "a resolver dead for every name",
    deadLine(),
    { local: ["resolver_dead"], controls: FINE },
    "offline",
    "resolver-dead",
  ],
  [
    "a resolver that the ladder finds dead",
    deadLine(),
    { link: { ...UP, resolverOk: false }, controls: FINE },
    "offline",
    "resolver-dead",
  ],
  [
    "a line that does not reach abroad",
    tcpTimeout(),
    { link: { ...UP, state: "domestic" }, controls: FINE },
    "offline",
    "line-down",
  ],
  [
    "a site inside needs only the domestic rung",
    tcpTimeout(KZ),
    { link: { ...UP, state: "domestic" }, controls: [okPage(KZ)] },
    "tcp_block",
    "tcp-closed",
  ],
  ["no sign of life and nothing known of the line", deadLine(), { controls: FINE }, "offline", "line-down", "weak"],
  [
    "silence of one name on a living line",
    deadLine(),
    { link: UP, controls: FINE },
    "dns_tamper",
    "dns-denied",
    "contrasted",
  ],
  [
    "antivirus explains a certificate",
    strangeCertificate(),
    { local: ["antivirus"], controls: FINE },
    "local_interference",
    "host-interferes",
  ],
  [
    "a wrong clock explains dates",
    strangeCertificate({ untrusted: "ssl_invalid_certificate" }),
    { local: ["wrong_clock"], controls: FINE },
    "local_interference",
    "host-interferes",
  ],
  [
    "a wrong clock does not explain an unknown authority",
    strangeCertificate(),
    { local: ["wrong_clock"], controls: FINE },
    "tls_mitm",
    "tls-other-certificate",
  ],
  [
    "the hosts file explains a failure",
    tcpTimeout(),
    { local: ["hosts_file"], controls: FINE },
    "local_interference",
    "host-interferes",
  ],

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
    "tcp_block",
    "tcp-closed",
  ],
  ["the site refuses the country", refused(403), { controls: FINE }, "geo_block", "site-refuses", "contrasted"],
  [
    "a site inside refuses the witness, one control of three is let in",
    web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 403 }] }),
    { controls: [okPage(KZ), ...["a", "b"].map(() => web({ ...inside403 }))] },
    "geo_block",
    "site-refuses",
    "contrasted",
  ],
  [
    "an error of a site inside, for all",
    web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 502 }] }),
    { controls: [web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 500 }] })] },
    "origin_side",
    "site-error",
  ],
  [
    "a page in clear that leads where the controls' leads",
    clearPage({ status: 302, location: "https://elsewhere.kz/a" }),
    { controls: [clearPage({ status: 302, location: "https://elsewhere.kz/b" })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a page in clear that leads elsewhere than the controls'",
    clearPage({ status: 302, location: "https://casino.kz/" }),
    { controls: [clearPage({ status: 302, location: "https://elsewhere.kz/b" })] },
    "inconclusive",
    "too-little",
  ],
  [
    "two pages in clear too long to be read to the end",
    clearPage({ title: "a", truncated: true, bodyBytes: 500 }),
    { controls: [clearPage({ title: "b", truncated: true, bodyBytes: 5000 })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a page cut short beside a whole one",
    clearPage({ title: "a", truncated: true }),
    { controls: [clearPage({ title: "b" })] },
    "inconclusive",
    "too-little",
  ],
  ["the site refuses everybody", refused(403), { controls: [refused(403)] }, "ok", "site-refuses"],
  ["451 over a valid certificate is the site's own", refused(451), {}, "geo_block", "site-refuses", "weak"],
  ["a challenge", refused(503, { title: "Just a moment..." }), { controls: FINE }, "geo_block", "site-refuses"],
  ["an error of the site", refused(502), { controls: FINE }, "inconclusive", "site-error"],
  ["an error of the site for all", refused(502), { controls: [refused(502)] }, "site_down", "site-error"],

  ["a page over a valid certificate", okPage(), {}, "ok", "trusted-page", "self-evident"],
  [
    "a page in clear like the controls'",
    clearPage(),
    { controls: [clearPage({ bodyBytes: 900, title: null })] },
    "ok",
    "clear-page-alike",
    "contrasted",
  ],
  [
    "a page in clear of another size and title",
    clearPage({ bodyBytes: 100, title: "X" }),
    { controls: [clearPage()] },
    "inconclusive",
    "too-little",
  ],
  ["a page in clear without controls", clearPage(), {}, "inconclusive", "too-little"],
  [
    "one expired certificate for all",
    strangeCertificate(),
    { controls: [strangeCertificate()] },
    "ok",
    "same-certificate",
  ],

  [
    "a site that fails for controls",
    tcpTimeout(),
    { controls: [tcpTimeout(), tcpTimeout()] },
    "site_down",
    "fails-for-controls",
    "contrasted",
  ],
  [
    "a site inside that fails for controls",
    tcpTimeout(KZ),
    { controls: [tcpTimeout(KZ)] },
    "origin_side",
    "fails-for-controls",
  ],
  [
    "silence for all is no block, whatever the paired test says",
    tlsDrop(),
    { controls: [tlsDrop()] },
    "site_down",
    "fails-for-controls",
  ],
  [
    "one control inside reaches a site inside",
    tcpTimeout(KZ),
    { controls: [okPage(KZ), tcpTimeout(KZ)] },
    "tcp_block",
    "tcp-closed",
  ],
  [
    "controls that do not agree",
    tcpTimeout(),
    { controls: [okPage(), tcpTimeout()] },
    "inconclusive",
    "controls-divided",
  ],

  [
    "connections swallowed that controls make",
    tcpTimeout(),
    { controls: FINE },
    "tcp_block",
    "tcp-closed",
    "contrasted",
  ],
  ["connections swallowed, no control", tcpTimeout(), { link: UP }, "inconclusive", "too-little"],
  ["silence after ClientHello, another name answered", tlsDrop(), {}, "tls_drop", "tls-name-rule", "self-evident"],
  [
    "silence after ClientHello, controls completed",
    tlsDropUnproved(),
    { controls: FINE },
    "tls_drop",
    "tls-interrupted",
    "contrasted",
  ],
  [
    "silence after ClientHello, nothing to hold it against",
    tlsDropUnproved(),
    {},
    "inconclusive",
    "tls-interrupted",
    "weak",
  ],
  [
    "silence for an innocent name as well may be a slow line",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}],
      tls: [SILENCE, { ...SILENCE, tcp: 3, purpose: "sni-control", sni: "innocent.test" }],
    }),
    { controls: FINE },
    "inconclusive",
    "tls-interrupted",
  ],
  [
    "the same on a line that is known to be well",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}],
      tls: [SILENCE, { ...SILENCE, tcp: 3, purpose: "sni-control", sni: "innocent.test" }],
    }),
    { controls: FINE, link: UP },
    "tls_drop",
    "tls-interrupted",
    "contrasted",
  ],
  [
    "a site that answers controls with errors only is ill",
    tlsDropUnproved(),
    { controls: [refused(503), refused(502)] },
    "site_down",
    "controls-divided",
  ],
  [
    "a site inside that answers a control with errors only",
    tcpTimeout(KZ),
    { controls: [web({ url: KZ, dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 503 }] })] },
    "origin_side",
    "controls-divided",
  ],
  [
    "an error for half of the controls",
    tcpTimeout(),
    { controls: [refused(503), okPage()] },
    "inconclusive",
    "controls-divided",
  ],
  [
    "a site that one control found well and then ill, whatever the paired test says",
    tlsDrop(),
    { sameControl: [okPage(), tcpTimeout()] },
    "inconclusive",
    "site-comes-and-goes",
  ],
  [
    "a site that leads back to itself",
    web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ status: 302, location: "https://orda.kz/" }] }),
    {},
    "ok",
    "own-redirects",
  ],
  [
    "a request over a good handshake that hangs: overloaded servers do that",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}],
      tls: [TRUSTED],
      http: [{ failure: "generic_timeout_error", status: null }],
    }),
    { controls: FINE },
    "inconclusive",
    "http-interrupted",
  ],
  [
    "a request in clear that hangs where an innocent Host is answered",
    web({
      url: CLEAR,
      dns: [answer(REAL_IP)],
      tcp: [{ port: 80 }, { port: 80 }],
      http: [
        { tls: null, failure: "generic_timeout_error", status: null },
        { tls: null, tcp: 3, url: "http://innocent.test/", status: 404, purpose: "host-control" },
      ],
    }),
    {},
    "http_block",
    "http-interrupted",
    "self-evident",
  ],
  [
    "a known page for an innocent Host says nothing of the site",
    web({
      url: CLEAR,
      dns: [answer(REAL_IP)],
      tcp: [{ port: 80 }, { port: 80 }],
      http: [
        { tls: null },
        { tls: null, tcp: 3, url: "http://innocent.test/", title: "Access restricted", purpose: "host-control" },
      ],
    }),
    { controls: [clearPage()] },
    "ok",
    "clear-page-alike",
  ],
  [
    "a private address that an encrypted resolver names as well",
    web({
      dns: [
        { failure: "dns_bogon_error", ...answer("10.0.0.8") },
        { resolver: "doh:dns.example", failure: "dns_bogon_error", ...answer("10.0.0.8") },
      ],
    }),
    { link: UP, controls: [web({ dns: [{ failure: "dns_bogon_error", ...answer("10.0.0.8") }] })] },
    "site_down",
    "fails-for-controls",
  ],
  [
    "controls that no resolver answers are cut off themselves",
    tcpTimeout(),
    { link: UP, controls: [deadLine(), deadLine()] },
    "inconclusive",
    "too-little",
  ],
  [
    "a stall after the server's first byte is no silence",
    handshake("generic_timeout_error", true),
    { controls: FINE },
    "inconclusive",
    "too-little",
  ],
  ["an alert ends it", handshake("ssl_failed_handshake", true), { controls: FINE }, "tls_reset", "tls-interrupted"],
  [
    "a reset, where the same address answers a handshake without a name",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}, { ip: FORGED_IP }],
      tls: [
        { failure: "connection_reset", answered: false },
        { tcp: 3, purpose: "no-sni", sni: null, answered: true },
        { tcp: 4, purpose: "sni-control", sni: "innocent.test", answered: true },
      ],
    }),
    {},
    "tls_reset",
    "tls-name-rule",
    "self-evident",
  ],
  [
    "a reset, where the greeting in two parts passes",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}],
      tls: [
        { failure: "connection_reset", answered: false },
        { ...TRUSTED, tcp: 3, purpose: "split-hello" },
      ],
    }),
    {},
    "tls_reset",
    "tls-name-rule",
    "self-evident",
  ],
  [
    "a reset, where the innocent name is answered at another address only",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, { ip: FORGED_IP }],
      tls: [
        { failure: "connection_reset", answered: false },
        { tcp: 3, purpose: "sni-control", sni: "innocent.test", answered: true },
        { tcp: 2, purpose: "alt-address", answered: true },
      ],
    }),
    {},
    "inconclusive",
    "tls-interrupted",
  ],
  ["a reset", handshake("connection_reset"), { controls: FINE }, "tls_reset", "tls-interrupted", "contrasted"],
  [
    "an orderly end counts with the reset",
    handshake("eof_error"),
    { controls: FINE },
    "tls_reset",
    "tls-interrupted",
    "contrasted",
  ],
  [
    "another certificate than the controls'",
    strangeCertificate(),
    { controls: FINE },
    "tls_mitm",
    "tls-other-certificate",
    "contrasted",
  ],
  ["another certificate, no controls", strangeCertificate(), {}, "inconclusive", "too-little"],
  [
    "a request cut after the name",
    web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ failure: "connection_reset", status: null }] }),
    { controls: FINE },
    "http_block",
    "http-interrupted",
    "contrasted",
  ],
  [
    "an answer that breaks the grammar is no cut",
    web({ dns: [answer(REAL_IP)], tcp: [{}], tls: [TRUSTED], http: [{ failure: "http_parse_error", status: null }] }),
    { controls: FINE },
    "inconclusive",
    "too-little",
  ],
  [
    "451 in clear, and nobody to hold it against",
    clearPage({ status: 451, headers: { link: '<https://filter.example/>; rel="blocked-by"' } }),
    {},
    "inconclusive",
    "legal-refusal-in-clear",
    "weak",
  ],
  [
    "451 in clear that controls get as well",
    clearPage({ status: 451, title: "No" }),
    { controls: [clearPage({ status: 451, title: "No" })] },
    "ok",
    "clear-page-alike",
  ],
  [
    "451 in clear",
    clearPage({ status: 451, title: "No", bodyBytes: 5 }),
    { controls: [clearPage()] },
    "block_page",
    "legal-refusal-in-clear",
    "contrasted",
  ],
];

function judge(body: WebBody, { controls = [], sameControl = [], local = [], link }: Setting) {
  const suspects = local.map((kind) => ({ kind, says: kind }));
  const others = controls.map((one): Control => ({ body: one, place: "DE", measuredAt: T0 }));
  const one = sameControl.map(
    (seen, index): Control => ({ body: seen, place: "NL", measuredAt: T0 + index, probe: "x" }),
  );
  return classify({ body, local: suspects, link: link ?? null }, [...others, ...one], KNOWLEDGE);
}

describe("classify", () => {
  it.each(ROWS)("%s", (_says, body, setting, code, rule, strength) => {
    const verdict = judge(body, setting);
    expect({ code: verdict.code, rule: verdict.rule }).toEqual({ code, rule });
    if (strength !== undefined) expect(verdict.strength).toBe(strength);
  });

  it("every rule of the table has a row that hits it", () => {
    const hit = new Set(ROWS.map(([, , , , rule]) => rule));
    expect(RULES.map(({ id }) => id).filter((id) => !hit.has(id))).toEqual([]);
  });

  it("rules have ids of their own, say what they are for, and give only the codes they announce", () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const rule of RULES) expect([rule.doc.length > 20, rule.source.length > 5]).toEqual([true, true]);
    for (const [, body, setting] of ROWS) {
      const verdict = judge(body, setting);
      expect(RULES.find(({ id }) => id === verdict.rule)?.gives).toContain(verdict.code);
    }
  });

  it("reasons point at steps of the measurement", () => {
    const verdict = judge(tlsDrop(), { controls: FINE });
    expect(verdict.reasons[0]).toEqual({ says: "silence after ClientHello", steps: [4], of: "probe" });
    expect(verdict.reasons[1]?.steps).toEqual([5]);
    expect(verdict.reasons.at(-1)?.of).toBe("control");
  });

  it("a page on one address is ok and names the address that is shut", () => {
    const body = web({
      dns: [answer(REAL_IP, "203.0.113.8")],
      tcp: [{ ip: "203.0.113.8", failure: "generic_timeout_error" }, { ip: REAL_IP }],
      tls: [{ ...TRUSTED, tcp: 3 }],
      http: [{ tcp: 3 }],
    });
    const verdict = judge(body, { controls: FINE });
    expect(verdict.code).toBe("ok");
    expect(verdict.reasons.map(({ says }) => says)).toContain("another address of the site did not work: 203.0.113.8");
  });

  it("IPv6 that never leaves the host is left out", () => {
    const body = web({
      dns: [answer(REAL_IP, "2001:db8::1")],
      tcp: [{ ip: "2001:db8::1", failure: "network_unreachable" }, { ip: REAL_IP }],
      tls: [{ ...TRUSTED, tcp: 3 }],
      http: [{ tcp: 3 }],
    });
    expect(judge(body, { controls: FINE }).reasons).toHaveLength(1);
  });

  it("only the first host decides; a later hop that fails is named", () => {
    const body = web({
      url: "https://bit.ly/abc",
      dns: [answer(REAL_IP), { name: "hidden.kz", ...answer(FORGED_IP) }],
      tcp: [{}, { ip: FORGED_IP }],
      tls: [TRUSTED, { tcp: 4, sni: "hidden.kz", failure: "generic_timeout_error", answered: false }],
      http: [{ status: 301, location: "https://hidden.kz/" }],
    });
    const verdict = judge(body, {});
    expect(verdict.code).toBe("ok");
    expect(verdict.reasons.map(({ says }) => says)).toContain("a later hop failed: hidden.kz");
  });

  it("a redirect to https on the same host is no page: the handshake behind it decides", () => {
    const body = web({
      url: "http://orda.kz/",
      dns: [answer(REAL_IP)],
      tcp: [{ port: 80 }, { port: 443 }],
      tls: [{ tcp: 3, failure: "generic_timeout_error", answered: false }],
      http: [{ tcp: 2, tls: null, status: 301, location: "https://orda.kz/" }],
    });
    expect(judge(body, { controls: FINE }).code).toBe("tls_drop");
  });

  it("hops that fail are named by what is known of them", () => {
    const hop = { failure: "generic_timeout_error" as const, status: null };
    const body = web({
      dns: [answer(REAL_IP)],
      tcp: [{}],
      tls: [TRUSTED],
      http: [{}, { ...hop, url: "https://far.kz/" }, { ...hop, url: "nonsense" }],
    });
    const says = judge(body, {}).reasons.map((reason) => reason.says);
    expect(says).toContain("a later hop failed: far.kz");
    expect(says).toContain("a later hop failed: ?");
  });

  it("a legal refusal names who refused", () => {
    const body = clearPage({ status: 451, headers: { link: '<https://filter.example/>; rel="blocked-by"' } });
    expect(judge(body, {}).reasons[0]?.says).toMatch(/blocked by https:\/\/filter\.example\//);
  });

  it("knowledge without lists accuses of what needs none, and of nothing else", () => {
    const nothing = knowledgeFrom({});
    const judged = (body: WebBody) => classify({ body, local: [], link: null }, [], nothing).code;
    expect([judged(tlsDrop()), judged(clearPage({ title: "Access restricted" }))]).toEqual([
      "tls_drop",
      "inconclusive",
    ]);
  });

  it("a page in place of a country's own pattern that is no pattern is no page", () => {
    const broken = {
      ...KNOWLEDGE,
      interception: KNOWLEDGE.interception.map((root) => ({ ...root, issuerPattern: "(" })),
    };
    const verdict = classify({ body: strangeCertificate(ISCA), local: [], link: null }, [], broken);
    expect(verdict.code).toBe("inconclusive");
  });

  it("a block page reached through a lie of DNS says so", () => {
    const body = web({
      dns: [answer(FORGED_IP), { resolver: "doh:dns.example", ...answer(REAL_IP) }],
      tcp: [{ ip: FORGED_IP }],
      tls: [UNTRUSTED],
      http: [{ title: "Access restricted" }],
    });
    const verdict = judge(body, { controls: FINE });
    expect(verdict.code).toBe("block_page");
    expect(verdict.reasons[1]?.says).toMatch(/delivered by DNS/);
  });
});
