import { expect, test } from "vitest";
import { VERDICT_CODES } from "../../../protocol/verdict.ts";
import { fits } from "./judge.ts";
import { MATRIX } from "./table.ts";

test("cases have names of their own, and there are more than sixty", () => {
  const names = MATRIX.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

test("every verdict there is is expected of some case", () => {
  const expected = new Set(
    MATRIX.flatMap((one) =>
      one.kind === "web" ? [one.expected.code] : one.kind === "series" && one.throttled ? ["throttled"] : [],
    ),
  );
  expect(VERDICT_CODES.filter((code) => !expected.has(code))).toEqual([]);
});

test.each([
  ...["resolver: nxdomain", "resolver: refused", "resolver: servfail", "resolver: silence", "resolver: 127.0.0.1"],
  ...["resolver: 203.0.113.200", "injected answer", "resolver dead", "questions for the name vanish"],
  ...["drop 198", "refuse 198", "unreachable 198", "drop 2001:db8:", "refuse 2001:db8:", "no IPv6 route"],
  ...["ClientHello: silence", "ClientHello: silence over IPv6", "ClientHello: reset", "ClientHello: reset over IPv6"],
  ...[
    "ClientHello: fin",
    "ClientHello: alert",
    "Host: reset",
    "Host: silence",
    "Host: fin",
    "Host: seen",
    "Host: legal",
  ],
  ...["interception: state root", "interception: self-signed", "interception: antivirus"],
  ...["throttle 198", "throttle the name", "cut port 443", "cut port 80", "gateway cut", "white list", "network cut"],
  ...["captive portal: redirect", "captive portal: 511", "all packets lost", "origin refuses", "origin gone"],
])("the act '%s' has a case", (title) => {
  expect(MATRIX.some(({ act }) => act.title.includes(title))).toBe(true);
});

test("a verdict fits by its code, and by stage and strength where these are expected", () => {
  const verdict = { code: "tls_drop", stage: "tls", strength: "contrasted" } as const;
  expect(fits(verdict, [], { code: "tls_drop" })).toBe(true);
  expect(fits(verdict, [], { code: "tls_drop", strength: "self-evident" })).toBe(false);
  expect(fits(verdict, [], { code: "tls_drop", stage: "tcp" })).toBe(false);
  expect(fits(verdict, [], { code: "tls_reset" })).toBe(false);
  expect(fits(verdict, [], { code: "tls_drop", local: "broken_ipv6" })).toBe(false);
  expect(fits(verdict, ["broken_ipv6"], { code: "tls_drop", local: "broken_ipv6" })).toBe(true);
});
