import packet from "dns-packet";
import { expect, test } from "vitest";
import { answerQuestion, failQuestion } from "./answer.ts";

const zone = { "orda.kz": ["198.51.100.10"], "masa.media": ["198.51.100.15", "2001:db8::c633:640f"] };

function question(name: string, type: "A" | "AAAA" = "A"): Buffer {
  return packet.encode({ type: "query", id: 7, flags: packet.RECURSION_DESIRED, questions: [{ type, name }] });
}

function read(reply: Buffer | null) {
  if (reply === null) return null;
  const { id, answers, flags } = packet.decode(reply);
  // The response code is the lowest four bits; 2 is SERVFAIL, 3 NXDOMAIN (RFC 1035 section 4.1.1).
  return { id, rcode: (flags ?? 0) & 15, data: (answers ?? []).map((answer) => ("data" in answer ? answer.data : "")) };
}

test("a name of the zone is answered, in whatever case it was asked", () => {
  expect(read(answerQuestion(question("Orda.KZ"), zone))).toEqual({ id: 7, rcode: 0, data: ["198.51.100.10"] });
});

test("a name outside the zone does not exist, and a name without IPv6 has no such record", () => {
  expect(read(answerQuestion(question("nowhere.test"), zone))).toEqual({ id: 7, rcode: 3, data: [] });
  expect(read(answerQuestion(question("orda.kz", "AAAA"), zone))).toEqual({ id: 7, rcode: 0, data: [] });
});

test("each family's addresses are answered to its own question", () => {
  expect(read(answerQuestion(question("masa.media"), zone))?.data).toEqual(["198.51.100.15"]);
  expect(read(answerQuestion(question("masa.media", "AAAA"), zone))?.data).toEqual(["2001:db8::c633:640f"]);
});

test("a broken server fails for every name", () => {
  expect(read(failQuestion(question("orda.kz")))).toEqual({ id: 7, rcode: 2, data: [] });
});
