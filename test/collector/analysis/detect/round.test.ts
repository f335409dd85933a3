import { describe, expect, it } from "vitest";
import { newRound, pushOpen, type Round, seal } from "../../../../collector/analysis/detect/round.ts";

function roundOf(start: number, probes: string): Round {
  const round = newRound(start);
  for (const probe of probes) pushOpen(round, probe, start, start);
  return round;
}

describe("a round that has ended", () => {
  it("shares its list of probes with the round before it where they voted alike, until one of them changes", () => {
    const [first, second] = [roundOf(0, "ab"), roundOf(1, "ab")];
    seal(first, undefined);
    seal(second, first);
    expect(second.open).toBe(first.open);
    pushOpen(second, "c", 1, 1);
    expect([first.open, second.open]).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
    ]);
  });

  it("shares nothing with a round that may still be added to", () => {
    const [late, next] = [roundOf(0, "ab"), roundOf(1, "ab")];
    seal(next, late);
    pushOpen(late, "c", 0, 0);
    expect(next.open).toEqual(["a", "b"]);
  });

  it("keeps times beside the probes they belong to", () => {
    const round = roundOf(0, "");
    pushOpen(round, "b", 1, 2);
    pushOpen(round, "a", 3, 4);
    seal(round, undefined);
    expect([round.open, round.times]).toEqual([
      ["b", "a"],
      [1, 2, 3, 4],
    ]);
  });
});
