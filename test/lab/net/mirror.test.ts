import { expect, test } from "vitest";
import { mirror } from "./mirror.ts";

test("an IPv4 address has one IPv6 mirror, its bits at the end of the documentation prefix", () => {
  expect(mirror("198.51.100.10")).toBe("2001:db8::c633:640a");
  expect(mirror("10.64.0.1")).toBe("2001:db8::a40:1");
});
