import { describe, expect, it } from "vitest";
import { createControlChecks } from "../../../../collector/analysis/detect/control-checks.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import type { Verdict, VerdictCode } from "../../../../protocol/verdict.ts";
import { link, probeOf, T0 } from "../build.ts";

const CADENCE = 900_000;
const verdict = (code: VerdictCode): Verdict => ({
  code,
  stage: "none",
  strength: "contrasted",
  rule: "x",
  rulesVersion: "x",
  reasons: [],
});

function area() {
  const checks = createControlChecks(SETTINGS);
  return {
    saw: (probe: string, target: string, code: VerdictCode, at = T0) => {
      const line = checks.lineOf("kt", probe);
      checks.saw(line, checks.checkOf(line, target), at, verdict(code));
    },
    link: (at: number, ok: boolean) =>
      checks.sawLink(checks.lineOf("kt", "a"), at, link(ok ? "international" : "lan", at)),
    quality: (where = "kt") => checks.quality({ area: where, target: "asked", at: T0, cadenceMs: CADENCE }),
  };
}

describe("control checks of a cell", () => {
  it("take the other targets, and say nothing where there are too few", () => {
    const { saw, quality } = area();
    for (const target of ["asked", "b", "c", "d"]) saw("a", target, "ok");
    expect(quality()).toMatchObject({ controlShare: null, masked: false });
    saw("a", "e", "ok");
    expect(quality().controlShare).toBeLessThan(0.01);
    expect(quality("elsewhere").controlShare).toBeNull();
  });

  it("mask a round in which other targets fail that were reached before", () => {
    const { saw, quality } = area();
    for (const target of ["b", "c", "d", "e"]) saw("a", target, "ok", T0 - CADENCE);
    for (const target of ["b", "c"]) saw("a", target, "tls_drop");
    for (const target of ["b", "c", "d"]) saw("z", target, "ok");
    expect(quality().masked).toBe(true);
  });

  it("an older verdict that comes late changes nothing, and one that tells nothing of the line is no check", () => {
    const { saw, quality } = area();
    for (const target of ["b", "c", "d", "e"]) saw("a", target, "ok");
    const before = quality();
    saw("a", "b", "tls_drop", T0 - 5000);
    saw("a", "f", "site_down");
    expect(quality()).toEqual(before);
  });

  it("the ladder's checks stand in where targets are too few; an older entry does not replace a newer", () => {
    const { link: sense, quality } = area();
    sense(T0, false);
    sense(T0 - 1000, true);
    expect(quality().masked).toBe(true);
  });

  it("come from a bounded number of probes, those heard last: a vote costs no more in a large network", () => {
    const { saw, quality } = area();
    const crowd = Array.from({ length: 3 * SETTINGS.checkProbes }, (_, index) => probeOf("A").id + index);
    for (const [index, probe] of crowd.entries()) {
      const early = index < 2 * SETTINGS.checkProbes;
      for (const target of ["b", "c", "d", "e"]) saw(probe, target, "ok", T0 - 2 * CADENCE);
      if (early) for (const target of ["b", "c"]) saw(probe, target, "tls_drop", T0 - CADENCE);
      else for (const target of ["b", "c", "d", "e"]) saw(probe, target, "ok");
    }
    expect(quality().masked).toBe(false);
  });
});
