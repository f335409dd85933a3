import { describe, expect, it } from "vitest";
import { createLineLog } from "../../../collector/analysis/line-log.ts";
import { SETTINGS } from "../../../collector/analysis/settings.ts";
import type { LinkState } from "../../../protocol/records/link.ts";
import { link, T0 } from "./build.ts";

const MINUTE = 60_000;
const check = (ok: boolean) => ({ ok, ms: null, failure: null });

function lineOf(
  points: readonly [minute: number, state: LinkState, more?: { portal?: boolean; resolver?: boolean | null }][],
) {
  const log = createLineLog(SETTINGS);
  for (const [minute, state, { portal = false, resolver = true } = {}] of points) {
    const body = link(state, T0, { portal });
    const checks = { ...body.checks, resolver: resolver === null ? null : check(resolver) };
    log.put("probe", T0 + minute * MINUTE, { ...body, checks });
  }
  return (from: number, to: number) => log.worst("probe", T0 + from * MINUTE, T0 + to * MINUTE);
}

describe("the worst state of a line", () => {
  it("is that in force when the time began, until another is told", () => {
    const worst = lineOf([
      [0, "domestic"],
      [10, "international"],
    ]);
    expect(worst(5, 6)?.state).toBe("domestic");
    expect(worst(11, 12)?.state).toBe("international");
    expect(worst(5, 12)?.state).toBe("domestic");
  });

  it("takes the lowest rung, any portal and any dead resolver", () => {
    const worst = lineOf([
      [0, "international"],
      [1, "lan", { portal: true }],
      [2, "isp", { resolver: false }],
      [3, "international"],
    ]);
    expect(worst(0, 4)).toEqual({ state: "lan", portal: true, resolverOk: false });
  });

  it("a resolver that was asked once is known, one never asked is not", () => {
    expect(
      lineOf([
        [0, "international", { resolver: null }],
        [1, "international"],
      ])(0, 2)?.resolverOk,
    ).toBe(true);
    expect(
      lineOf([
        [0, "international"],
        [1, "international", { resolver: null }],
      ])(0, 2)?.resolverOk,
    ).toBe(true);
    expect(
      lineOf([
        [0, "international", { resolver: null }],
        [1, "isp", { resolver: null }],
      ])(0, 2)?.resolverOk,
    ).toBeNull();
  });

  it("a journal that comes late is put where it belongs", () => {
    const worst = lineOf([
      [0, "international"],
      [10, "international"],
      [5, "none"],
    ]);
    expect([worst(6, 7)?.state, worst(11, 12)?.state]).toEqual(["none", "international"]);
  });

  it("is not known before the first entry, after a new boot, and of nobody", () => {
    const log = createLineLog(SETTINGS);
    log.put("probe", T0, link("international", T0));
    log.forget("probe", T0 + MINUTE);
    expect(log.worst("probe", T0 - 2 * MINUTE, T0 - MINUTE)).toBeNull();
    expect(log.worst("probe", T0 + 2 * MINUTE, T0 + 3 * MINUTE)).toBeNull();
    expect(log.worst("other", T0, T0)).toBeNull();
  });

  it("forgets the oldest entries of a probe that tells too much", () => {
    const log = createLineLog(SETTINGS);
    log.put("probe", T0, link("none", T0));
    for (let entry = 1; entry <= SETTINGS.linksKept; entry++) log.put("probe", T0 + entry, link("international", T0));
    expect(log.worst("probe", T0, T0 + SETTINGS.linksKept)?.state).toBe("international");
  });
});
