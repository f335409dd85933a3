import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesToDial } from "../../../probe/measure/addresses.ts";
import { bogonLookup, bogonTest } from "../../../probe/measure/bogon.ts";
import { endpointText, hostOf, parseEndpoint, portOf } from "../../../probe/measure/endpoint.ts";
import { redirectTarget } from "../../../probe/measure/redirect.ts";
import { systemResolvers } from "../../../probe/measure/system-resolvers.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { DnsStep } from "../../../protocol/records/web.ts";

function step(resolver: string, data: string[], late: string[] = []): DnsStep {
  const answers = (ips: string[]) => ips.map((ip) => ({ type: ip.includes(":") ? "AAAA" : "A", data: ip, ttl: null }));
  const times = { id: 1, startMs: 0, durationMs: 0, failure: null };
  const asked = { resolver, server: null, transport: "udp" as const, name: "orda.kz", type: "A" as const };
  return {
    ...times,
    ...asked,
    rcode: "NOERROR",
    answers: answers(data),
    late: late.length > 0 ? [{ atMs: 1, rcode: "NOERROR", answers: answers(late) }] : [],
  };
}

describe("addressesToDial", () => {
  const none = () => false;

  test("orders by resolver, then those of controls, each once", () => {
    const steps = [step("doh:x", ["4.4.4.4", "1.1.1.1"]), step("udp:8.8.8.8", ["3.3.3.3"]), step("os", ["2.2.2.2"])];
    const all = addressesToDial([...steps, step("system", ["1.1.1.1"], ["9.9.9.9"])], ["5.5.5.5", "2.2.2.2"], none);
    expect(all).toEqual(["1.1.1.1", "9.9.9.9", "2.2.2.2", "3.3.3.3", "4.4.4.4", "5.5.5.5"]);
  });

  test("leaves out bogons, aliases and what is no address", () => {
    const steps = [{ ...step("system", ["10.0.0.1", "nonsense"]), answers: [{ type: "CNAME", data: "x.kz", ttl: 1 }] }];
    expect(addressesToDial(steps, ["not-an-ip", "127.0.0.1", "8.8.8.8"], bogonTest(false))).toEqual(["8.8.8.8"]);
  });

  test("knows one IPv6 address by all its spellings", () => {
    const spellings = ["2001:DB8:0:0::1", "2001:db8::1", "::ffff:192.0.2.1"];
    expect(addressesToDial([step("system", spellings)], [], none)).toEqual(["2001:db8::1", "::ffff:c000:201"]);
  });

  test("never gives an address twice, nor more than the cap of a family", () => {
    const ip = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(fc.array(ip, { maxLength: 40 }), fc.array(ip, { maxLength: 40 }), (answers, known) => {
        const all = addressesToDial([step("system", answers)], known, none);
        expect(new Set(all).size).toBe(all.length);
        const v6 = all.filter((one) => one.includes(":")).length;
        expect(Math.max(v6, all.length - v6)).toBeLessThanOrEqual(LIMITS.addressesPerName);
      }),
    );
  });
});

describe("bogons", () => {
  const rangeOf = bogonLookup();
  test.each([
    ["10.10.34.34", "10.0.0.0/8"],
    ["127.0.0.1", "127.0.0.0/8"],
    ["0.0.0.0", "0.0.0.0/8"],
    ["100.64.1.1", "100.64.0.0/10"],
    ["169.254.1.1", "169.254.0.0/16"],
    ["172.31.255.1", "172.16.0.0/12"],
    ["192.168.1.1", "192.168.0.0/16"],
    ["224.0.0.1", "224.0.0.0/4"],
    ["255.255.255.255", "240.0.0.0/4"],
    ["::1", "::1/128"],
    ["::", "::/128"],
    ["fd00::1", "fc00::/7"],
    ["fe80::1", "fe80::/10"],
    ["ff02::1", "ff00::/8"],
    ["::ffff:192.168.1.1", "192.168.0.0/16"],
    ["::ffff:c0a8:101", "192.168.0.0/16"],
  ])("%s lies in %s", (ip, range) => {
    expect(rangeOf(ip)).toBe(range);
  });

  test.each(["8.8.8.8", "203.0.113.7", "198.51.100.1", "172.32.0.1", "2a00:1450::1", "2001:db8::1", "not an ip"])(
    "%s is none",
    (ip) => {
      expect(rangeOf(ip)).toBeNull();
    },
  );

  test("may be allowed by range, or all together", () => {
    expect(bogonTest(["127.0.0.0/8"])("127.0.0.1")).toBe(false);
    expect(bogonTest(["127.0.0.0/8"])("10.0.0.1")).toBe(true);
    expect(bogonTest(true)("10.0.0.1")).toBe(false);
    expect(bogonTest(false)("127.0.0.1")).toBe(true);
  });
});

describe("endpoints", () => {
  test.each([
    ["8.8.8.8", { ip: "8.8.8.8", port: 53 }],
    ["8.8.8.8:5353", { ip: "8.8.8.8", port: 5353 }],
    ["2001:db8::1", { ip: "2001:db8::1", port: 53 }],
    ["[2001:db8::1]:5353", { ip: "2001:db8::1", port: 5353 }],
    ["dns.google", null],
    ["8.8.8.8:0", null],
    ["8.8.8.8:65536", null],
    ["", null],
  ])("%s is read", (text, expected) => {
    expect(parseEndpoint(text, 53)).toEqual(expected);
  });

  test("are written so that they can be read back", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65535 }), (ip, port) => {
        expect(parseEndpoint(endpointText({ ip, port }), 53)).toEqual({ ip, port });
      }),
    );
  });

  test("of URLs have the scheme's port and no brackets", () => {
    expect(portOf(new URL("https://orda.kz/"))).toBe(443);
    expect(portOf(new URL("http://orda.kz/"))).toBe(80);
    expect(portOf(new URL("http://orda.kz:8080/"))).toBe(8080);
    expect(hostOf(new URL("https://[2001:db8::1]/"))).toBe("2001:db8::1");
  });
});

describe("redirectTarget", () => {
  const from = new URL("https://orda.kz/a/b");
  test("records and refuses what is no web address", () => {
    expect(redirectTarget(from, 302, "tel:123")).toEqual({ location: "tel:123", url: null, failure: null });
    expect(redirectTarget(from, 302, "https://")).toMatchObject({
      url: null,
      failure: "http_invalid_redirect_location_host",
    });
  });

  test("does not follow to a name longer than DNS takes", () => {
    expect(redirectTarget(from, 301, `https://${"a.".repeat(200)}kz/`)).toMatchObject({
      url: null,
      failure: "http_invalid_redirect_location_host",
    });
  });

  test("leaves passwords and fragments out", () => {
    expect(redirectTarget(from, 301, "https://me:secret@orda.kz/x#y").location).toBe("https://orda.kz/x");
  });

  test("bounds what it records and does not follow what it cut", () => {
    const long = redirectTarget(from, 301, `/${"x".repeat(5000)}`);
    expect(long.location).toHaveLength(LIMITS.url);
    expect(long.url).toBeNull();
  });
});

describe("systemResolvers", () => {
  test("reads name servers and passes over the rest", () => {
    const text = "# nameserver 1.1.1.1\nsearch lan\nnameserver 192.168.1.1\n nameserver fe80::1%eth0\nnameserver bad\n";
    expect(systemResolvers(text)).toEqual(["192.168.1.1:53", "[fe80::1]:53"]);
  });

  test("keeps three, as the C library does", () => {
    expect(systemResolvers("nameserver 1.1.1.1\n".repeat(5))).toHaveLength(3);
  });
});
