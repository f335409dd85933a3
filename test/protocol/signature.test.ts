import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  generateIdentity,
  PublicKey,
  probeIdOf,
  publicKeyOf,
  Signature,
  signText,
  verifyText,
} from "../../protocol/signature.ts";

const identity = generateIdentity();
const other = generateIdentity();
const signature = signText(identity.privateKeyPem, "journal", "a message");

describe("signatures", () => {
  test("hold for the key, purpose and message they were made with", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (message) => {
        const made = signText(identity.privateKeyPem, "hello", message);
        expect(verifyText(identity.publicKey, "hello", message, made)).toBe(true);
        expect(Signature.safeParse(made).success).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("do not hold for another purpose, message or key", () => {
    for (const purpose of ["join", "hello", "batch", "leave"] as const)
      expect(verifyText(identity.publicKey, purpose, "a message", signature)).toBe(false);
    expect(verifyText(identity.publicKey, "journal", "a message.", signature)).toBe(false);
    expect(verifyText(other.publicKey, "journal", "a message", signature)).toBe(false);
  });

  test("cannot be moved to another purpose by a message that imitates it", () => {
    const made = signText(identity.privateKeyPem, "journal", "x\nkuager:join:v1\ny");
    expect(verifyText(identity.publicKey, "join", "y", made)).toBe(false);
  });

  test("do not hold after any of their characters is changed", () => {
    for (let index = 0; index < 85; index += 7) {
      const letter = signature[index] === "A" ? "B" : "A";
      const changed = signature.slice(0, index) + letter + signature.slice(index + 1);
      expect(verifyText(identity.publicKey, "journal", "a message", changed)).toBe(false);
    }
  });

  test.each(["", "short", "A".repeat(43), "*".repeat(43), "A".repeat(1000), identity.privateKeyPem])(
    "are refused, without throwing, for the malformed key %j",
    (key) => {
      expect(verifyText(key, "journal", "a message", signature)).toBe(false);
    },
  );

  test.each(["", "AAAA", "*".repeat(86), "A".repeat(86), `${"A".repeat(5000)}`])(
    "are refused, without throwing, when malformed: %j",
    (made) => {
      expect(verifyText(identity.publicKey, "journal", "a message", made)).toBe(false);
    },
  );
});

describe("identities", () => {
  test("have a public key of 43 characters that follows from the private key", () => {
    expect(PublicKey.safeParse(identity.publicKey).success).toBe(true);
    expect(publicKeyOf(identity.privateKeyPem)).toBe(identity.publicKey);
    expect(other.publicKey).not.toBe(identity.publicKey);
  });

  test("give the probe an id of 32 hex digits", () => {
    expect(probeIdOf(identity.publicKey)).toMatch(/^[0-9a-f]{32}$/);
    expect(probeIdOf(identity.publicKey)).toBe(probeIdOf(identity.publicKey));
    // First half of the SHA-256 of 32 zero bytes.
    expect(probeIdOf("A".repeat(43))).toBe("66687aadf862bd776c8fc18b8e9f8e20");
  });
});
