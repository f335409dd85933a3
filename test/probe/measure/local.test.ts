import { describe, expect, test } from "vitest";
import { type HostFacts, readHostFacts } from "../../../probe/measure/host-facts.ts";
import { findSuspects } from "../../../probe/measure/local.ts";
import type { HttpStep, TlsStep } from "../../../protocol/records/web.ts";
import { QUIET_HOST } from "./web-settings.ts";

const NOW = Date.parse("2026-01-05T10:00:00Z");

function kinds(facts: Partial<HostFacts>, steps: { tls?: TlsStep[]; http?: HttpStep[] } = {}): string[] {
  const all = { tls: [], http: [], ...steps };
  return findSuspects("orda.kz", all, { ...QUIET_HOST, nowMs: NOW, ...facts }).map((suspect) => suspect.kind);
}

function tls(leaf: { issuer?: string; notBefore?: string; notAfter?: string }): TlsStep {
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
  };
}

function http(date: string): HttpStep {
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
  };
}

describe("findSuspects", () => {
  test("finds nothing on a quiet host", () => {
    expect(kinds({}, { tls: [tls({})], http: [http("Mon, 05 Jan 2026 10:00:03 GMT")] })).toEqual([]);
  });

  test("finds the name in the hosts file, not in its comments nor as part of another name", () => {
    expect(kinds({ hostsText: "127.0.0.1 localhost\n0.0.0.0\tads.kz Orda.KZ # no\n" })).toEqual(["hosts_file"]);
    expect(kinds({ hostsText: "# 1.2.3.4 orda.kz\n1.2.3.4 www.orda.kz orda.kz.lan\n" })).toEqual([]);
  });

  test("finds tunnels, but not the ppp interface of a line that dials in", () => {
    for (const name of ["tun0", "tap1", "wg0", "ppp0", "utun3"])
      expect(kinds({ interfaces: ["lo", "eth0", name] })).toEqual(["vpn"]);
    expect(kinds({ interfaces: ["lo", "ppp0"], pppoe: true })).toEqual([]);
    expect(kinds({ interfaces: ["lo", "eth0", "wlan0", "docker0", "br-lan", "veth1"] })).toEqual([]);
  });

  test("finds proxy variables", () => {
    expect(kinds({ proxyVariables: ["HTTPS_PROXY"] })).toEqual(["proxy"]);
  });

  test("finds a program that inspects TLS by its issuer", () => {
    expect(kinds({}, { tls: [tls({ issuer: "O=AO Kaspersky Lab, CN=Kaspersky Anti-Virus Personal Root" })] })).toEqual([
      "antivirus",
    ]);
  });

  test("finds a slow clock by a certificate that is not valid yet", () => {
    expect(kinds({ nowMs: Date.parse("2025-01-01T00:00:00Z") }, { tls: [tls({})] })).toEqual(["wrong_clock"]);
  });

  test("finds a fast clock only when a server's date agrees: a certificate may have expired by itself", () => {
    const later = Date.parse("2027-01-01T00:00:00Z");
    expect(kinds({ nowMs: later }, { tls: [tls({})] })).toEqual([]);
    expect(kinds({ nowMs: later }, { tls: [tls({})], http: [http("Mon, 05 Jan 2026 10:00:00 GMT")] })).toEqual([
      "wrong_clock",
    ]);
  });
});

test("readHostFacts reads this host without failing, and names only the proxy variables that are set", () => {
  const facts = readHostFacts({ https_proxy: "http://127.0.0.1:1", HTTP_PROXY: "" });
  expect(facts.proxyVariables).toEqual(["HTTPS_PROXY"]);
  expect(facts.interfaces).toContain("lo");
});
