import fc from "fast-check";
import { expect, test } from "vitest";
import {
  base64Of,
  base64UrlOf,
  bytesOfBase64,
  bytesOfBase64Url,
  bytesOfHex,
  hexOf,
  joined,
  sameBytes,
  strictTextOf,
  textOf,
  utf8,
} from "../../protocol/bytes.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

test("hex and base 64 are those of Node, and come back", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(hexOf(some)).toBe(Buffer.from(some).toString("hex"));
      expect(base64Of(some)).toBe(Buffer.from(some).toString("base64"));
      expect(base64UrlOf(some)).toBe(Buffer.from(some).toString("base64url"));
      for (const back of [bytesOfHex(hexOf(some)), bytesOfBase64(base64Of(some)), bytesOfBase64Url(base64UrlOf(some))])
        expect(back).toEqual(some);
    }),
  );
});

test("base 64 has one text a value: any other is refused", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const back = bytesOfBase64(text);
      expect(back === null || base64Of(back) === text).toBe(true);
    }),
  );
  for (const text of ["A", "AA", "AAA", "AB==", "A===", "AAAA\n", "-_-_", "===="])
    expect(bytesOfBase64(text)).toBeNull();
});

test("UTF-8 is read as it stands, a mark at its beginning too, and what is none is told", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      fc.pre(text.isWellFormed());
      expect(textOf(utf8(text))).toBe(text);
    }),
  );
  expect(textOf(utf8("\ufeffa"))).toBe("\ufeffa");
  expect(strictTextOf(Uint8Array.of(0xff))).toBeNull();
  expect(strictTextOf(utf8("қ"))).toBe("қ");
});

test("pieces are joined in order, and compared byte by byte", () => {
  fc.assert(
    fc.property(fc.array(bytes), (pieces) => {
      expect(sameBytes(joined(...pieces), Buffer.concat(pieces))).toBe(true);
    }),
  );
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
});
