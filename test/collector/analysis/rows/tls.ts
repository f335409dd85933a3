import {
  answer,
  deadLine,
  FORGED_IP,
  okPage,
  REAL_IP,
  TRUSTED,
  tcpTimeout,
  tlsDrop,
  tlsDropUnproved,
  web,
} from "../build.ts";
import { CLEAR, clearPage, FINE, handshake, KZ, type Row, refused, SILENCE, strangeCertificate, UP } from "./row.ts";

const INNOCENT_IP = "203.0.113.99";
const REPLACED = {
  chain: ["f".repeat(64)],
  leaf: { subject: "CN=orda.kz", issuer: "CN=Somebody Else", sans: [], notBefore: "", notAfter: "" },
};
/** Silence for the name, an alert for the innocent one, and how the innocent site at its own address fared. */
const stalling = (line: object) =>
  web({
    dns: [answer(REAL_IP)],
    tcp: [{}, {}, { ip: INNOCENT_IP, purpose: "line-control" }],
    tls: [
      SILENCE,
      { tcp: 3, purpose: "sni-control", sni: "innocent.test", failure: "ssl_failed_handshake", answered: true },
      { tcp: 4, purpose: "line-control", sni: "innocent.test", ...line },
    ],
  });
/** No connection to the site, and how one to the innocent site fared. */
const jammed = (failure: "generic_timeout_error" | "connection_refused" | null, port: number) =>
  web({
    dns: [answer(REAL_IP)],
    tcp: [{ failure: "generic_timeout_error" }, { ip: INNOCENT_IP, port, failure, purpose: "line-control" }],
  });

/** Connections and handshakes. */
export const TLS_ROWS: readonly Row[] = [
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
  [
    "an alert for every name",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}],
      tls: [
        { failure: "ssl_failed_handshake", answered: true },
        { tcp: 3, purpose: "sni-control", sni: "innocent.test", failure: "ssl_failed_handshake", answered: true },
      ],
    }),
    {},
    "inconclusive",
    "tls-interrupted",
  ],
  [
    "an alert for the name, while the innocent name completes",
    web({
      dns: [answer(REAL_IP)],
      tcp: [{}, {}],
      tls: [
        { failure: "ssl_failed_handshake", answered: true },
        { tcp: 3, purpose: "sni-control", sni: "innocent.test", answered: true },
      ],
    }),
    {},
    "tls_reset",
    "tls-name-rule",
    "self-evident",
  ],
  [
    "silence, an alert for the innocent name, and a line on which the innocent site stalls",
    stalling({ answered: true, failure: "generic_timeout_error" }),
    { controls: FINE },
    "inconclusive",
    "tls-interrupted",
    "weak",
  ],
  ["the same on a line that carries the innocent site", stalling({}), {}, "tls_drop", "tls-name-rule", "self-evident"],
  [
    "resets for every name at an address that no control was given",
    web({
      dns: [answer(FORGED_IP)],
      tcp: [{ ip: FORGED_IP }, { ip: FORGED_IP }],
      tls: [
        { failure: "connection_reset", answered: false },
        { tcp: 3, purpose: "sni-control", sni: "innocent.test", failure: "connection_reset", answered: false },
      ],
    }),
    { controls: FINE },
    "inconclusive",
    "tls-interrupted",
    "weak",
  ],
  [
    "a certificate of the site's own making, replaced",
    strangeCertificate(REPLACED),
    { controls: [strangeCertificate()], sameControl: [strangeCertificate()] },
    "tls_mitm",
    "tls-other-certificate",
    "contrasted",
  ],
  [
    "a certificate of the site's own making, made anew by the same issuer",
    strangeCertificate({ chain: ["e".repeat(64)] }),
    { controls: [strangeCertificate()], sameControl: [strangeCertificate()] },
    "inconclusive",
    "too-little",
  ],
  [
    "connections swallowed, and those to the innocent site as well",
    jammed("generic_timeout_error", 443),
    { controls: FINE },
    "inconclusive",
    "tcp-closed",
    "weak",
  ],
  [
    "connections refused on the web's own port, and those to the innocent site as well",
    jammed("connection_refused", 443),
    { controls: FINE },
    "inconclusive",
    "tcp-closed",
    "weak",
  ],
  [
    "connections swallowed, while the innocent site refuses a port of its own",
    jammed("connection_refused", 8443),
    { controls: FINE },
    "tcp_block",
    "tcp-closed",
    "contrasted",
  ],
  [
    "connections swallowed that controls make, while those to the innocent site stand",
    jammed(null, 443),
    { controls: FINE },
    "tcp_block",
    "tcp-closed",
    "contrasted",
  ],
  [
    "IPv6 to which this host has no way",
    web({ dns: [answer("2001:db8::7")], tcp: [{ ip: "2001:db8::7", failure: "network_unreachable" }] }),
    { controls: [web({ dns: [answer("2001:db8::7")], tcp: [{ ip: "2001:db8::7" }], tls: [TRUSTED], http: [{}] })] },
    "inconclusive",
    "too-little",
  ],
  [
    "a request in clear that hangs, whatever the Host",
    web({
      url: CLEAR,
      dns: [answer(REAL_IP)],
      tcp: [{ port: 80 }, { port: 80 }],
      http: [
        { tls: null, failure: "generic_timeout_error", status: null },
        {
          ...{ tls: null, tcp: 3, url: "http://innocent.test/", purpose: "host-control" },
          ...{ failure: "generic_timeout_error", status: null },
        },
      ],
    }),
    { controls: [clearPage()] },
    "inconclusive",
    "http-interrupted",
    "weak",
  ],
  ["another certificate, no controls", strangeCertificate(), {}, "inconclusive", "too-little"],
];
