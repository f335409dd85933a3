import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packText, unpackText } from "../../../probe/journal/packed-text.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { entryOf } from "../../protocol/samples.ts";

describe("the text of an entry as it is stored", () => {
  it("comes back as it was, whatever it says", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => unpackText(packText(text)) === text));
  });

  it("is an empty text when what is stored is not one, and never throws", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof unpackText(bytes) === "string"));
    expect([unpackText(Buffer.alloc(0)), unpackText(Buffer.of(2, 3)), unpackText(Buffer.of(1, 255))]).toEqual([
      "",
      "",
      "",
    ]);
  });

  it("that unpacks to more than any entry is not unpacked", () => {
    expect(unpackText(packText("0".repeat(10_000_000)))).toBe("");
  });

  it("takes at most half the room of the entry, also where entries are short", () => {
    for (const kind of ["start", "alive", "link", "web"] as const) {
      const text = canonicalJson(entryOf(kind));
      expect([kind, packText(text).length < text.length / 2]).toEqual([kind, true]);
    }
  });
});
