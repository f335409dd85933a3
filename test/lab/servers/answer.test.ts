import packet from "dns-packet";
import { expect, test } from "vitest";
import { answerQuestion } from "./answer.ts";
import type { Lies } from "./config.ts";

const zone = { "orda.kz": ["198.51.100.10"], "egov.kz": ["203.0.113.20"] };

function ask(name: string, lies: Lies = {}, type: "A" | "AAAA" = "A") {
  const question = packet.encode({
    type: "query",
    id: 7,
    flags: packet.RECURSION_DESIRED,
    questions: [{ type, name }],
  });
  const reply = answerQuestion(question, zone, lies);
  if (reply === null) return null;
  const { id, answers, flags } = packet.decode(reply);
  // The response code is the lowest four bits; 2 is SERVFAIL, 3 NXDOMAIN, 5 REFUSED (RFC 1035 section 4.1.1).
  return { id, rcode: (flags ?? 0) & 15, data: (answers ?? []).map((answer) => ("data" in answer ? answer.data : "")) };
}

test("a name of the zone is answered, in whatever case it was asked", () => {
  expect(ask("Orda.KZ")).toEqual({ id: 7, rcode: 0, data: ["198.51.100.10"] });
});

test("a name outside the zone does not exist, and a name without IPv6 has no such record", () => {
  expect(ask("nowhere.test")).toEqual({ id: 7, rcode: 3, data: [] });
  expect(ask("orda.kz", {}, "AAAA")).toEqual({ id: 7, rcode: 0, data: [] });
});

test("a lie touches its name only", () => {
  const lies: Lies = { "orda.kz": { kind: "address", address: "203.0.113.200" } };
  expect(ask("orda.kz", lies)?.data).toEqual(["203.0.113.200"]);
  expect(ask("egov.kz", lies)?.data).toEqual(["203.0.113.20"]);
});

test("each other kind of lie gives its own response code, or none", () => {
  expect(ask("orda.kz", { "orda.kz": { kind: "nxdomain" } })?.rcode).toBe(3);
  expect(ask("orda.kz", { "orda.kz": { kind: "refused" } })?.rcode).toBe(5);
  expect(ask("orda.kz", { "orda.kz": { kind: "servfail" } })?.rcode).toBe(2);
  expect(ask("orda.kz", { "orda.kz": { kind: "silence" } })).toBeNull();
});
