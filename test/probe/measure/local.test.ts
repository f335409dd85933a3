import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bogonTest } from "../../../probe/measure/bogon.ts";
import { type HostFacts, isWwan, localRoots, readHostFacts } from "../../../probe/measure/host-facts.ts";
import { findSuspects } from "../../../probe/measure/local.ts";
import type { HttpStep, TcpStep, TlsStep } from "../../../protocol/records/web.ts";
import { createAuthority } from "../../world/index.ts";
import { QUIET_HOST } from "./web-settings.ts";

const NOW = Date.parse("2026-01-05T10:00:00Z");

type Seen = { tls?: TlsStep[]; http?: HttpStep[]; tcp?: TcpStep[]; leftFrom?: string[] };

function suspects(facts: Partial<HostFacts>, { leftFrom = [], ...steps }: Seen = {}) {
  return findSuspects({
    hostName: "orda.kz",
    steps: { dns: [], tcp: [], tls: [], http: [], ...steps },
    facts: { ...QUIET_HOST, nowMs: NOW, ...facts },
    leftFrom: new Set(leftFrom),
    isBogon: bogonTest(false),
  });
}

const kinds = (facts: Partial<HostFacts>, seen: Seen = {}) => suspects(facts, seen).map(({ kind }) => kind);

const eth0 = { name: "eth0", addresses: ["192.168.1.5", "fe80::1"], wwan: false };
const tun0 = { name: "tun0", addresses: ["10.8.0.2"], wwan: false };

function tls(leaf: { issuer?: string; notBefore?: string; notAfter?: string }, more: Partial<TlsStep> = {}): TlsStep {
  const dates = { notBefore: "2025-12-01T00:00:00.000Z", notAfter: "2026-03-01T00:00:00.000Z" };
  return {
    id: 2,
    tcp: 1,
    startMs: 0,
    durationMs: 1,
    failure: null,
    sni: "orda.kz",
    purpose: "target",
    version: "TLSv1.3",
    alpn: null,
    chain: [],
    leaf: { subject: "CN=orda.kz", issuer: "CN=Some CA", sans: [], ...dates, ...leaf },
    trusted: true,
    answered: true,
    ...more,
  };
}

function http(date: string, more: Partial<HttpStep> = {}): HttpStep {
  const times = { startMs: 0, durationMs: 1, ttfbMs: 1 };
  const body = { bodyBytes: 0, bodySha256: null, truncated: false, title: null };
  const headers = { date };
  return {
    id: 3,
    tcp: 1,
    tls: 2,
    ...times,
    failure: null,
    url: "https://orda.kz/",
    status: 200,
    headers,
    location: null,
    ...body,
    ...more,
  };
}

function tcp(ip: string, failure: TcpStep["failure"] = null): TcpStep {
  return { id: 1, ip, port: 443, startMs: 0, durationMs: 1, failure };
}

const EARLY = { notBefore: "2026-02-01T00:00:00.000Z", notAfter: "2026-05-01T00:00:00.000Z" };
const untrusted = { trusted: false, untrusted: "ssl_unknown_authority" } as const;

describe("an ordinary healthy host", () => {
  test("has no suspect, with docker, IPv6 privacy addresses and an idle tunnel", () => {
    const docker = { name: "docker0", addresses: ["172.17.0.1"], wwan: false };
    const wifi = { name: "wlan0", addresses: ["192.168.1.5", "2a03:32c0:1:2::5"], wwan: false };
    const seen = {
      tls: [tls({})],
      http: [http("Mon, 05 Jan 2026 10:00:03 GMT")],
      tcp: [tcp("203.0.113.7"), tcp("2a00:1450::1")],
      leftFrom: ["192.168.1.5", "2a03:32c0:1:2::5"],
    };
    const hostsText = "127.0.0.1 localhost\n::1 ip6-localhost\n127.0.1.1 raspberrypi\n";
    expect(suspects({ hostsText, interfaces: [docker, wifi, tun0] }, seen)).toEqual([]);
  });
});

describe("the hosts file", () => {
  test("is suspect with the name in it, not in its comments nor as part of another name", () => {
    expect(kinds({ hostsText: "127.0.0.1 localhost\n0.0.0.0\tads.kz Orda.KZ # no\n" })).toEqual(["hosts_file"]);
    expect(kinds({ hostsText: "# 1.2.3.4 orda.kz\n1.2.3.4 www.orda.kz orda.kz.lan\n" })).toEqual([]);
  });
});

describe("a VPN", () => {
  test("is suspect when connections left through its interface, and not while it is only up", () => {
    for (const name of ["tun0", "tap1", "wg0", "ppp0", "utun3"]) {
      const interfaces = [eth0, { ...tun0, name }];
      expect(kinds({ interfaces }, { leftFrom: ["10.8.0.2"] })).toEqual(["vpn"]);
      expect(kinds({ interfaces }, { leftFrom: ["192.168.1.5"] })).toEqual([]);
    }
  });

  test("is not the ppp interface of a line that dials in, by PPPoE or by a modem", () => {
    const ppp0 = { name: "ppp0", addresses: ["100.64.3.4"], wwan: false };
    const lo = { name: "lo", addresses: ["127.0.0.1"], wwan: false };
    const leftFrom = ["100.64.3.4"];
    expect(kinds({ interfaces: [eth0, ppp0], pppoe: true }, { leftFrom })).toEqual([]);
    expect(kinds({ interfaces: [lo, ppp0] }, { leftFrom })).toEqual([]);
    expect(kinds({ interfaces: [lo, eth0, ppp0] }, { leftFrom })).toEqual(["vpn"]);
  });

  test("is named without its interface or address", () => {
    const [found] = suspects({ interfaces: [{ ...tun0, name: "wg-aigerim" }] }, { leftFrom: ["10.8.0.2"] });
    expect(found?.says).not.toMatch(/aigerim|10\.8/);
  });
});

test("proxy variables are suspect", () => {
  expect(kinds({ proxyVariables: ["HTTPS_PROXY"] })).toEqual(["proxy"]);
});

describe("a metered line", () => {
  const wwan0 = { name: "wwan0", addresses: ["100.70.1.2"], wwan: true };

  test("is a modem that connections left through, not one that is only up", () => {
    expect(kinds({ interfaces: [wwan0] }, { leftFrom: ["100.70.1.2"] })).toEqual(["metered"]);
    expect(kinds({ interfaces: [eth0, wwan0] }, { leftFrom: ["192.168.1.5"] })).toEqual([]);
  });

  test("is known by the kernel's word for the interface", () => {
    expect(isWwan("DEVTYPE=wwan\nINTERFACE=wwp0s20\nIFINDEX=4\n")).toBe(true);
    expect(isWwan("DEVTYPE=wlan\nINTERFACE=wlan0\n")).toBe(false);
    expect(isWwan("")).toBe(false);
  });
});

describe("a program that inspects TLS", () => {
  test.each([
    "O=AO Kaspersky Lab, CN=Kaspersky Anti-Virus Personal Root Certificate",
    "C=SK, O=ESET, spol. s r. o., CN=ESET SSL Filter CA",
    "CN=avast! Web/Mail Shield Root, O=avast! Web/Mail Shield",
    "CN=Dr.Web for Windows, O=Doctor Web Ltd.",
    "O=Avira Operations GmbH, CN=Avira Web Protection",
    "CN=COMODO Internet Security Root",
  ])("is suspect by its issuer %s", (issuer) => {
    expect(kinds({}, { tls: [tls({ issuer }, untrusted)] })).toEqual(["antivirus"]);
  });

  test("is not a public authority of the same maker, nor the maker's own site", () => {
    expect(kinds({}, { tls: [tls({ issuer: "O=COMODO CA Limited, CN=COMODO RSA Domain Validation CA" })] })).toEqual(
      [],
    );
    expect(kinds({}, { tls: [tls({ issuer: "O=Symantec Corporation, CN=Symantec Class 3 CA" })] })).toEqual([]);
  });

  test("is suspect when somebody added its issuer to the host's own trust", () => {
    const root = { subject: "CN=Company Proxy CA, O=Company", sha256: "ab".repeat(32) };
    const signed = tls({ issuer: root.subject }, untrusted);
    expect(kinds({ localRoots: () => [root] }, { tls: [signed] })).toEqual(["antivirus"]);
    expect(kinds({ localRoots: () => [root] }, { tls: [tls({ issuer: "CN=Another" }, untrusted)] })).toEqual([]);
    const inChain = tls({ issuer: "CN=Between" }, { ...untrusted, chain: ["cd".repeat(32), root.sha256] });
    expect(kinds({ localRoots: () => [root] }, { tls: [inChain] })).toEqual(["antivirus"]);
  });

  test("is never the excuse of the state's interception, even where its root was installed as told", () => {
    const root = { subject: "C=KZ, CN=Qaznet Trust Network", sha256: "ab".repeat(32) };
    const signed = tls({ issuer: root.subject }, { ...untrusted, chain: ["cd".repeat(32), root.sha256] });
    expect(kinds({ localRoots: () => [root] }, { tls: [signed] })).toEqual([]);
  });

  test("leaves local authorities unread while all certificates hold", () => {
    let read = 0;
    const roots = () => {
      read++;
      return [];
    };
    kinds({ localRoots: roots }, { tls: [tls({})] });
    expect(read).toBe(0);
  });
});

describe("the clock", () => {
  test("is suspect when several certificates are not valid yet", () => {
    const [one, two] = [tls(EARLY, { chain: ["ab".repeat(32)] }), tls(EARLY, { chain: ["cd".repeat(32)] })];
    const both = [one, two].map((step) => ({ ...step, trusted: false }));
    expect(kinds({}, { tls: both })).toEqual(["wrong_clock"]);
  });

  test("is not suspect for one certificate that its issuer made too early, seen at several addresses", () => {
    const early = tls(EARLY, { trusted: false, chain: ["ab".repeat(32)] });
    expect(kinds({}, { tls: [early, early] })).toEqual([]);
    const today = http("Mon, 05 Jan 2026 10:00:00 GMT");
    expect(kinds({}, { tls: [early], http: [today] })).toEqual([]);
  });

  test("is suspect when it is fast and a server's date says so: a certificate may have expired by itself", () => {
    const later = Date.parse("2027-01-01T00:00:00Z");
    expect(kinds({ nowMs: later }, { tls: [tls({})] })).toEqual([]);
    expect(kinds({ nowMs: later }, { tls: [tls({})], http: [http("Mon, 05 Jan 2026 10:00:00 GMT")] })).toEqual([
      "wrong_clock",
    ]);
  });

  test("is not suspect for an old page out of a cache, which tells its age", () => {
    const old = http("Thu, 01 Jan 2026 10:00:00 GMT");
    expect(kinds({}, { http: [{ ...old, headers: { ...old.headers, age: String(4 * 86_400) } }] })).toEqual([]);
    expect(kinds({}, { http: [old] })).toEqual(["wrong_clock"]);
  });

  test("is not suspect when one of two servers has a wrong date", () => {
    const [right, wrong] = [http("Mon, 05 Jan 2026 10:00:00 GMT"), http("Thu, 01 Jan 2015 00:00:00 GMT")];
    expect(kinds({}, { http: [right, wrong] })).toEqual([]);
  });
});

describe("a captive portal", () => {
  const inward = { status: 302, location: "http://192.168.10.1/login", url: "http://orda.kz/", tls: null };
  const date = "Mon, 05 Jan 2026 10:00:00 GMT";

  test("is a page in clear that leads to a private address, or status 511", () => {
    expect(kinds({}, { http: [http(date, inward)] })).toEqual(["captive_portal"]);
    expect(kinds({}, { http: [http(date, { tls: null, status: 511 })] })).toEqual(["captive_portal"]);
  });

  test("is also one whose certificate does not hold", () => {
    const seen = { tls: [tls({ issuer: "CN=portal" }, untrusted)], http: [http(date, { ...inward, tls: 2 })] };
    expect(kinds({}, seen)).toEqual(["captive_portal"]);
  });

  test("is no redirect to a public page, no site that itself leads inside, and no known block page", () => {
    expect(kinds({}, { http: [http(date, { ...inward, location: "https://orda.kz/" })] })).toEqual([]);
    expect(kinds({}, { tls: [tls({})], http: [http(date, { ...inward, tls: 2 })] })).toEqual([]);
    expect(kinds({}, { http: [http(date, { ...inward, blockPage: "Denied" })] })).toEqual([]);
  });
});

describe("IPv6", () => {
  const withV6 = [{ ...eth0, addresses: [...eth0.addresses, "2a03:32c0:1::5"] }];

  test("is broken when the host has an address and no connection finds a way, while IPv4 works", () => {
    const dialled = [
      tcp("203.0.113.7"),
      tcp("2a00:1450::1", "network_unreachable"),
      tcp("2606::1", "host_unreachable"),
    ];
    expect(kinds({ interfaces: withV6 }, { tcp: dialled })).toEqual(["broken_ipv6"]);
  });

  test("is not broken on a host without it, nor when one connection works, is refused or meets silence", () => {
    const dead = tcp("2a00:1450::1", "network_unreachable");
    expect(kinds({ interfaces: [eth0] }, { tcp: [tcp("203.0.113.7"), dead] })).toEqual([]);
    for (const other of [null, "connection_refused", "generic_timeout_error"] as const)
      expect(kinds({ interfaces: withV6 }, { tcp: [tcp("203.0.113.7"), dead, tcp("2606::1", other)] })).toEqual([]);
  });

  test("is not broken by itself when nothing works at all", () => {
    const dialled = [tcp("203.0.113.7", "network_unreachable"), tcp("2a00:1450::1", "network_unreachable")];
    expect(kinds({ interfaces: withV6 }, { tcp: dialled })).toEqual([]);
  });
});

describe("readHostFacts", () => {
  test("reads this host without failing, and names only the proxy variables that are set", () => {
    const facts = readHostFacts({ https_proxy: "http://127.0.0.1:1", HTTP_PROXY: "" });
    expect(facts.proxyVariables).toEqual(["HTTPS_PROXY"]);
    expect(facts.interfaces.find(({ name }) => name === "lo")?.addresses).toContain("127.0.0.1");
  });

  test("reads the authorities that were added to a host, passing over other files", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kuager-roots-"));
    writeFileSync(join(folder, "company.crt"), (await createAuthority("CN=Company CA")).ca);
    writeFileSync(join(folder, "README"), "no certificate");
    expect(localRoots([folder, join(folder, "missing")])).toMatchObject([{ subject: "CN=Company CA" }]);
    rmSync(folder, { recursive: true });
  });
});
