import { describe, expect, test } from "vitest";
import { rawText } from "../../../probe/measure/failed.ts";
import { resolverText, urlForRecord, withoutAddresses } from "../../../probe/measure/privacy.ts";
import { resolve } from "../../../probe/measure/resolve.ts";
import { calm } from "./web-settings.ts";

describe("the name of a host's resolver in records", () => {
  test.each([
    ["192.168.1.1:53", "192.168.1.1:53"],
    ["77.88.8.8:53", "77.88.8.8:53"],
    ["[2001:4860:4860::8888]:53", "[2001:4860:4860::8888]:53"],
    ["[2606:4700:4700:0:0:0:0:1111]:53", "[2606:4700:4700:0:0:0:0:1111]:53"],
    ["[2a03:32c0:12:3400::1]:53", "2a03:32c0::/32"],
    ["2A03:32C0:12:3400:aabb:ccff:fedd:eeff", "2a03:32c0::/32"],
    ["[2001:db8::1]:5353", "2001:db8::/32"],
    ["[2400::1]:53", "2400::/32"],
    ["[2002:c000:204::1]:53", "2002::/16"],
    ["[fe80::aabb:ccff:fedd:eeff%eth0]:53", "fe80::/10"],
    ["fe80::1", "fe80::/10"],
    ["[fd12:3456:789a::1]:53", "fc00::/7"],
    ["[::1]:53", "[::1]:53"],
    ["[64:ff9b::102:304]:53", "64::/16"],
    ["no address", "no address"],
  ])("of %s is %s", (server, text) => {
    expect(resolverText(server)).toBe(text);
  });

  test("is what a step holds, whatever the network did", async () => {
    const question = { server: "[2a03:32c0:12:3400::1]:53", name: "orda.test", type: "A", timeoutMs: 200 } as const;
    const step = await resolve({ resolver: "system", ...question }, calm());
    expect(step.server).toBe("2a03:32c0::/32");
    expect(JSON.stringify(step)).not.toContain("3400");
    const chosen = await resolve({ resolver: "udp:2a03:32c0:12:3400::1", ...question }, calm());
    expect(chosen.server).toBe(question.server);
  });
});

describe("texts written by somebody on the way", () => {
  test("lose IP and hardware addresses and keep the rest", () => {
    expect(withoutAddresses("Ваш IP: 95.56.1.2, MAC aa:bb:cc:dd:ee:ff.")).toBe("Ваш IP: x, MAC x.");
    expect(withoutAddresses("from 2a03:32c0:1::5, AA-BB-CC-DD-EE-FF")).toBe("from x, x");
    for (const text of ["10:30:45", "std::abs", "v1.2.3", "ул. Абая 1.2", "a::b", "ratio 16:9", "300.1.2.3"])
      expect(withoutAddresses(text)).toBe(text);
  });

  test("the text of an unknown error loses the host's own address", () => {
    const error = new Error("connect failed 203.0.113.7:443 - Local (2a03:32c0:1::5:49152)");
    expect(rawText(error)).not.toMatch(/2a03|203\.0/);
  });
});

describe("URLs in records", () => {
  test("lose what a portal or filter says of the reader in them", () => {
    expect(urlForRecord("http://login.test/?mac=aabbccddeeff&client_ip=10.0.0.5&lang=kk")).toBe(
      "http://login.test/?mac=x&client_ip=x&lang=kk",
    );
    expect(urlForRecord("http://blocked.test/?u=http://orda.kz/&src=95.56.1.2")).toBe(
      "http://blocked.test/?u=http://orda.kz/&src=x",
    );
    expect(urlForRecord("http://p.test/?a=AA%3ABB%3ACC%3ADD%3AEE%3AFF")).toBe("http://p.test/?a=x");
  });

  test("stay to the letter when they say nothing", () => {
    for (const url of ["https://orda.kz/a%20b?q=%D2%9B&x=1+2&y", "https://1.2.3.4/?v=1.2", "/path?ip", "not a url"])
      expect(urlForRecord(url)).toBe(url);
  });
});
