import { describe, expect, it, vi } from "vitest";
import { CADENCE, liveThrough, opened, type Truth } from "./chance.ts";

/** Rounds of a quarter of a year. */
const QUARTER = 8_760;
const SEEDS = [1, 2, 3];

function alarms(truth: Partial<Truth>): number {
  return SEEDS.reduce((sum, seed) => sum + opened(liveThrough({ probes: 3, rounds: QUARTER, seed, ...truth })), 0);
}
const STICKY: Partial<Truth> = { rho: 0.35, carry: 0.7 };

// Months and years of one cell: a machine that does much else still ends in this.
vi.setConfig({ testTimeout: 600_000 });

describe("chance in one cell, by simulation", () => {
  it("shared failures of usual correlation raise no alarm, with two, three or five probes", () => {
    for (const probes of [2, 3, 5]) expect(alarms({ probes })).toBe(0);
  });

  it("bad rounds that persist are many alarms without checks, and none with pooled ones, of whatever reach", () => {
    for (const probes of [3, 5]) {
      expect(alarms({ ...STICKY, probes, alike: true })).toBeGreaterThan(5);
      for (const gamma of [0.9, 0.5]) {
        const controls = { gamma, each: 4 };
        for (const alike of [true, false])
          expect(alarms({ ...STICKY, probes, alike, controls, use: "mask and raise" })).toBe(0);
      }
    }
  });

  it("a probe that always claims a block opens nothing in a cell of three, five or ten", () => {
    for (const probes of [3, 5, 10]) expect(alarms({ probes, liars: 1 })).toBe(0);
  });

  it("total blocks are all found, once, and nearly all intervals hold the truth", () => {
    const held = { start: 0, end: 0 };
    const runs = 80;
    for (let seed = 0; seed < runs; seed++) {
      const from = 150 + (seed % 31);
      const block = { from, to: from + 40, share: 0.97 };
      const outcomes = liveThrough({ probes: 3, rounds: from + 60, seed, block });
      const last = outcomes.at(-1);
      expect(last).toBeDefined();
      const [begin, end] = [from * CADENCE, block.to * CADENCE];
      const { after = null, by = 0 } = last?.start ?? {};
      // The first vote of a round comes a little after it begins: what lies between is no error.
      if ((after ?? 0) <= begin && by >= begin) held.start++;
      if (last?.end && last.end.after <= end && last.end.by >= end) held.end++;
    }
    expect(held.start / runs).toBeGreaterThanOrEqual(0.95);
    expect(held.end / runs).toBeGreaterThanOrEqual(0.85);
  });

  it("a block of half of a cell is found within three hours, in nine of ten cases", () => {
    const delays: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const block = { from: 150, to: 190, share: 0.97, probes: 2 };
      const rounds = Array.from({ length: 40 }, (_, more) => 150 + more);
      const found = rounds.find((upTo) => opened(liveThrough({ probes: 4, rounds: upTo + 1, seed, block })) > 0);
      delays.push((found ?? 1000) - 150 + 1);
    }
    delays.sort((a, b) => a - b);
    expect(delays[53]).toBeLessThanOrEqual(12);
  });
});
