import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isTunnel, mediumOf } from "../../../probe/link/interfaces.ts";
import { arpComplete, parseDefaultRoute, parseDefaultRouteV6 } from "../../../probe/link/route.ts";
import { folders } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

const HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
const row = (name: string, destination: string, gateway: string, flags: string, metric: number, mask: string) =>
  `${name}\t${destination}\t${gateway}\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0\n`;

describe("the default route", () => {
  it("is read with its gateway from /proc/net/route", () => {
    const text = `${HEAD}${row("eth0", "00000000", "010200C0", "0003", 0, "00000000")}${row("eth0", "000200C0", "00000000", "0001", 0, "00FFFFFF")}`;
    expect(parseDefaultRoute(text)).toEqual({ interface: "eth0", gateway: "192.0.2.1", family: "v4" });
  });

  it("is the one of lowest metric", () => {
    const text = `${HEAD}${row("wlan0", "00000000", "0101A8C0", "0003", 600, "00000000")}${row("eth0", "00000000", "0102A8C0", "0003", 100, "00000000")}`;
    expect(parseDefaultRoute(text)?.interface).toBe("eth0");
  });

  it("is the tunnel's when a VPN laid two half routes over it", () => {
    const text = `${HEAD}${row("eth0", "00000000", "0101A8C0", "0003", 0, "00000000")}${row("tun0", "00000000", "0100080A", "0003", 0, "00000080")}`;
    expect(parseDefaultRoute(text)?.interface).toBe("tun0");
  });

  it("has no gateway on a point-to-point line, and is absent when there is none or it is down", () => {
    expect(parseDefaultRoute(`${HEAD}${row("ppp0", "00000000", "00000000", "0001", 0, "00000000")}`)).toEqual({
      interface: "ppp0",
      gateway: null,
      family: "v4",
    });
    expect(parseDefaultRoute(`${HEAD}${row("eth0", "00000000", "0101A8C0", "0002", 0, "00000000")}`)).toBeNull();
    expect(parseDefaultRoute(HEAD)).toBeNull();
  });

  it("is found for IPv6 alone", () => {
    const zeros = "0".repeat(32);
    const line = (hop: string) => `${zeros} 00 ${zeros} 00 ${hop} 00000400 00000001 00000000 00000003 wlan0\n`;
    expect(parseDefaultRouteV6(line("fe800000000000000000000000000001"))?.interface).toBe("wlan0");
    expect(parseDefaultRouteV6(line(zeros))).toBeNull();
  });
});

it("a gateway counts as heard only when its ARP entry is complete", () => {
  const text =
    "IP address       HW type     Flags       HW address            Mask     Device\n" +
    "192.0.2.1        0x1         0x2         02:00:00:00:00:01     *        eth0\n" +
    "192.0.2.7        0x1         0x0         00:00:00:00:00:00     *        eth0\n";
  expect(arpComplete(text, "192.0.2.1")).toBe(true);
  expect(arpComplete(text, "192.0.2.7")).toBe(false);
  expect(arpComplete(text, "192.0.2.9")).toBe(false);
});

it("tells wired, wireless and mobile interfaces apart", () => {
  const root = temporary.make();
  for (const name of ["eth0", "wlan0/wireless", "wwan0", "tun0"]) mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, "eth0", "type"), "1\n");
  writeFileSync(join(root, "tun0", "type"), "65534\n");
  expect(["eth0", "wlan0", "wwan0", "tun0"].map((name) => mediumOf(name, root))).toEqual([
    "ethernet",
    "wifi",
    "wwan",
    "unknown",
  ]);
});

it("takes tunnels for VPNs, and a PPPoE line for what it is", () => {
  expect(["tun0", "wg0", "eth0"].map((name) => isTunnel(name, ""))).toEqual([true, true, false]);
  expect(isTunnel("ppp0", "")).toBe(true);
  expect(isTunnel("ppp0", "Id Address Device\n0001 02:00:00:00:00:01 eth0\n")).toBe(false);
});
