import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createOpener,
  createSealer,
  generateSealKey,
  SEAL_CHUNK_BYTES,
  SEAL_HEADER_BYTES,
  SealKey,
  sealKeyOf,
} from "../../protocol/seal.ts";

const collector = generateSealKey();
const coded = (message: RegExp) =>
  expect.objectContaining({ code: "bad_input", message: expect.stringMatching(message) });

/** Seals parts as the chunks of one file. */
function sealAll(parts: readonly Uint8Array[]) {
  const sealer = createSealer(collector.publicKey);
  return { header: sealer.header, chunks: parts.map((part, index) => sealer.seal(part, index === parts.length - 1)) };
}

describe("a sealed file", () => {
  it("gives back what was sealed, chunk by chunk", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 }), (parts) => {
        const { header, chunks } = sealAll(parts);
        const opener = createOpener(header, collector.privateKeyPem);
        const opened = chunks.map((chunk, index) => opener.open(chunk, index === chunks.length - 1));
        expect(opened.map((part) => [...part])).toEqual(parts.map((part) => [...part]));
      }),
    );
  });

  it("has a header of the stated length, and the collector's public key is told from its private one", () => {
    const { header } = sealAll([Buffer.alloc(SEAL_CHUNK_BYTES)]);
    expect(header).toHaveLength(SEAL_HEADER_BYTES);
    expect(sealKeyOf(collector.privateKeyPem)).toBe(collector.publicKey);
    expect(SealKey.safeParse(collector.publicKey).success).toBe(true);
  });

  it("refuses any changed bit of a chunk or of the header", () => {
    const { header, chunks } = sealAll([Buffer.from("journal")]);
    fc.assert(
      fc.property(fc.nat(header.length + (chunks[0]?.length ?? 0) - 1), fc.nat(7), (place, bit) => {
        const file = Buffer.concat([header, ...chunks]);
        file[place] = (file[place] ?? 0) ^ (1 << bit);
        const open = () =>
          createOpener(file.subarray(0, header.length), collector.privateKeyPem).open(
            file.subarray(header.length),
            true,
          );
        expect(open).toThrow(expect.objectContaining({ code: "bad_input" }));
      }),
    );
  });

  it("refuses chunks that were swapped, left out or cut off at the end", () => {
    const { header, chunks } = sealAll([Buffer.from("one"), Buffer.from("two"), Buffer.from("three")]);
    const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = chunks;
    const opener = () => createOpener(header, collector.privateKeyPem);
    expect(() => opener().open(two, false)).toThrow(coded(/Part 1/));
    const cut = opener();
    cut.open(one, false);
    expect(() => cut.open(two, true)).toThrow(coded(/Part 2/));
  });

  it("is closed to every other collector, and says so", () => {
    const { header } = sealAll([Buffer.from("one")]);
    expect(() => createOpener(header, generateSealKey().privateKeyPem)).toThrow(coded(/another collector/));
    expect(() => createOpener(Buffer.from("PK\u0003\u0004"), collector.privateKeyPem)).toThrow(coded(/no sealed file/));
  });
});
