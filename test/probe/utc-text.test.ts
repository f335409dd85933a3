import fc from "fast-check";
import { expect, it } from "vitest";
import { utcText } from "../../probe/utc-text.ts";

it("writes every moment as Date does", () => {
  fc.assert(
    fc.property(fc.oneof(fc.date({ noInvalidDate: true }), fc.constantFrom(new Date(0), new Date(-1))), (date) => {
      expect(utcText(date.getTime())).toBe(date.toISOString());
    }),
  );
  expect(() => utcText(Number.NaN)).toThrow(RangeError);
});
