import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPortion } from "../../../probe/uplink/portion.ts";
import { LIMITS } from "../../../protocol/limits.ts";

describe("how much one delivery holds", () => {
  it("is a whole batch at first, and never more than the collector takes or less than one entry", () => {
    expect(createPortion().count()).toBe(LIMITS.entriesPerBatch);
    const act = fc.oneof(
      fc.constant("took" as const),
      fc.constant("halve" as const),
      fc.record({ count: fc.integer({ min: 1, max: 500 }), bytes: fc.integer({ min: 1, max: 2e6 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const portion = createPortion();
        for (const one of acts) typeof one === "string" ? portion[one]() : portion.broke(one);
        const isOne = portion.count() >= 1 && portion.bytes() >= 1;
        return isOne && portion.count() <= LIMITS.entriesPerBatch && portion.bytes() < LIMITS.batchBytes;
      }),
    );
  });

  it("is a quarter of what broke, and stays so for a while before it grows", () => {
    const portion = createPortion();
    expect(portion.broke({ count: 400, bytes: 40_000 })).toBe(true);
    expect([portion.count(), portion.bytes()]).toEqual([100, 10_000]);
    for (let times = 0; times < 8; times++) portion.took();
    expect(portion.count()).toBe(100);
    portion.took();
    expect([portion.count(), portion.bytes()]).toEqual([200, 20_000]);
  });

  it("cannot be less than a single entry", () => {
    const portion = createPortion();
    expect([portion.broke({ count: 2, bytes: 900 }), portion.broke({ count: 1, bytes: 400 })]).toEqual([true, false]);
  });
});
