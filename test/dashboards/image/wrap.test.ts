import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textWidth, wrapped } from "../../../dashboards/image/wrap.ts";

describe("a text in the lines of a picture", () => {
  test("that is cut tells so by dots that stay within the width", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zшЩімWМ]{1,14}$/), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 80, max: 700 }),
        fc.integer({ min: 1, max: 4 }),
        (words, widthPx, most) => {
          const lines = wrapped(words.join(" "), widthPx, 19, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          const last = lines.at(-1) ?? "";
          if (last.endsWith("…")) expect(textWidth(last, 19)).toBeLessThanOrEqual(widthPx);
        },
      ),
    );
  });

  test("that fits is not touched", () => {
    expect(wrapped("Алматы", 200, 19, 1)).toEqual(["Алматы"]);
  });
});
