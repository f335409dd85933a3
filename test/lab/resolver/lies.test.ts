import { expect, test } from "vitest";
import { type Lie, tell, untell } from "./lies.ts";

test("each kind of lie is a local zone of its own, and a failure is a server that fails", () => {
  const told = (lie: Lie) => tell("orda.kz", lie, "203.0.113.57");
  expect(told({ kind: "nxdomain" })).toEqual(["local_zone orda.kz. always_nxdomain"]);
  expect(told({ kind: "refused" })).toEqual(["local_zone orda.kz. always_refuse"]);
  expect(told({ kind: "silence" })).toEqual(["local_zone orda.kz. always_deny"]);
  expect(told({ kind: "servfail" })).toEqual(["forward_add orda.kz. 203.0.113.57"]);
  expect(told({ kind: "address", address: "203.0.113.200" })).toEqual([
    "local_zone orda.kz. redirect",
    "local_data orda.kz. 5 A 203.0.113.200",
  ]);
});

test("a lie ends the way it began", () => {
  expect(untell("orda.kz", { kind: "nxdomain" })).toEqual(["local_zone_remove orda.kz."]);
  expect(untell("orda.kz", { kind: "servfail" })).toEqual(["forward_remove orda.kz."]);
});
