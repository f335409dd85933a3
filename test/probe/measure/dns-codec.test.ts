import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage, encodeQuestion, messageId, readAnswer } from "../../../probe/measure/dns-codec.ts";
import { replies } from "../../world/dns-wire.ts";

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const hostName = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join("."));

describe("decodeMessage", () => {
  test("never throws on random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1500 }), (bytes) => {
        const message = decodeMessage(bytes);
        expect(message === null || typeof message.rcode === "string").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("never throws on a good answer with bytes changed or cut off", () => {
    const [reply] = replies({ id: 7, name: "orda.test", type: "A" }, { a: ["192.0.2.1"], cname: "x.test" }, "udp");
    const good = reply?.data ?? Buffer.alloc(0);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length));
    fc.assert(
      fc.property(change, ([at, value, length]) => {
        const bad = Buffer.from(good);
        bad[at] = value;
        expect(() => decodeMessage(bad.subarray(0, length))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  test("reads back the question it wrote", () => {
    fc.assert(
      fc.property(fc.nat(65535), hostName, fc.constantFrom("A" as const, "AAAA" as const), (id, name, type) => {
        const data = encodeQuestion(id, name, type);
        expect(data && decodeMessage(data)).toMatchObject({ id, name, type, isResponse: false, answers: [] });
        expect(data && messageId(data)).toBe(id);
      }),
    );
  });
});

describe("encodeQuestion", () => {
  test("refuses names that DNS cannot carry", () => {
    for (const name of ["", "a..b", `${"x".repeat(64)}.kz`, `${"abcdefgh.".repeat(30)}kz`])
      expect(encodeQuestion(1, name, "A")).toBeNull();
  });
});

describe("readAnswer", () => {
  const [reply] = replies({ id: 7, name: "orda.test", type: "A" }, { a: ["192.0.2.1"] }, "udp");
  const data = reply?.data ?? Buffer.alloc(0);

  test("takes an answer to the very question, whatever the case of its letters", () => {
    expect(readAnswer(data, "Orda.Test.", "A")?.answers).toEqual([{ type: "A", data: "192.0.2.1", ttl: 60 }]);
  });

  test("takes no answer to another question, and no question for an answer", () => {
    expect(readAnswer(data, "other.test", "A")).toBeNull();
    expect(readAnswer(data, "orda.test", "AAAA")).toBeNull();
    expect(readAnswer(encodeQuestion(7, "orda.test", "A") ?? data, "orda.test", "A")).toBeNull();
  });
});
