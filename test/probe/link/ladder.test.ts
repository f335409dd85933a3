import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enough, ladder } from "../../../probe/link/ladder.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";

const ok = { ok: true, ms: 1, failure: null };
const bad = { ok: false, ms: null, failure: "generic_timeout_error" } as const;
const group = (good: number, failed: number) => [
  ...Array.from({ length: good }, (_, index) => ({ id: `good-${index}`, ...ok })),
  ...Array.from({ length: failed }, (_, index) => ({ id: `failed-${index}`, ...bad })),
];
const checks = (some: Partial<LinkBody["checks"]>): LinkBody["checks"] => ({
  gateway: bad,
  resolver: bad,
  domestic: group(0, 2),
  whitelist: [],
  foreign: group(0, 2),
  ...some,
});

describe("ladder", () => {
  it.each([
    ["none", "nothing answers", checks({})],
    ["none", "nothing could be asked", checks({ gateway: null, resolver: null, domestic: [], foreign: [] })],
    ["lan", "only the gateway answers", checks({ gateway: ok })],
    ["isp", "the provider's resolver answers", checks({ gateway: ok, resolver: ok })],
    ["isp", "only names of the white list answer", checks({ resolver: ok, whitelist: group(6, 0) })],
    ["isp", "a single anchor of six at home answers", checks({ resolver: ok, domestic: group(1, 5) })],
    ["domestic", "anchors at home answer and none abroad", checks({ resolver: ok, domestic: group(2, 0) })],
    ["domestic", "a single anchor of six abroad answers", checks({ domestic: group(2, 0), foreign: group(1, 5) })],
    ["international", "anchors abroad answer", checks({ domestic: group(2, 0), foreign: group(2, 0) })],
    ["international", "anchors abroad answer though the resolver is dead", checks({ foreign: group(2, 1) })],
    ["international", "the one anchor abroad that is known answers", checks({ foreign: group(1, 0) })],
  ] as const)("is %s when %s", (state, _when, given) => {
    expect(ladder(given)).toBe(state);
  });

  it("never falls when one more check succeeds", () => {
    const count = fc.nat(6);
    const rungs = ["none", "lan", "isp", "domestic", "international"];
    fc.assert(
      fc.property(count, count, count, count, fc.boolean(), (dGood, dBad, fGood, fBad, resolver) => {
        const given = checks({
          domestic: group(dGood, dBad),
          foreign: group(fGood, fBad),
          resolver: resolver ? ok : bad,
        });
        const better = [
          { ...given, gateway: ok },
          { ...given, resolver: ok },
          { ...given, domestic: group(dGood + Math.min(1, dBad), Math.max(0, dBad - 1)) },
          { ...given, foreign: group(fGood + Math.min(1, fBad), Math.max(0, fBad - 1)) },
        ];
        for (const one of better)
          expect(rungs.indexOf(ladder(one))).toBeGreaterThanOrEqual(rungs.indexOf(ladder(given)));
      }),
    );
  });
});

it("a group of anchors that was not asked is not reached", () => {
  expect(enough([])).toBe(false);
});
