import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashCode, newCode, sameHash } from "../../../collector/ingest/invite-code.ts";
import { createRateLimits, RATES } from "../../../collector/ingest/limits.ts";
import { createTurns } from "../../../collector/ingest/turns.ts";

describe("an invitation code", () => {
  test("has four groups of letters that are not mistaken for one another", () => {
    expect(newCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(newCode()).not.toBe(newCode());
  });

  test("hashes alike however it is typed, and unlike under another salt", () => {
    const hash = hashCode("salt", "70K2-19XD-04TB-PZ5H");
    expect(hashCode("salt", "7ok2 l9xd 04tb pz5h")).toBe(hash);
    expect(sameHash(hash, hashCode("pepper", "70K2-19XD-04TB-PZ5H"))).toBe(false);
    expect(sameHash(hash, hash)).toBe(true);
  });
});

describe("rate limits", () => {
  test("let a burst pass, then say how long to wait, then let pass again", () => {
    let now = 0;
    const limits = createRateLimits({ ...RATES, frames: { burst: 3, perSecond: 0.5 } }, () => now);
    expect([1, 2, 3].map(() => limits.take("frames", "a"))).toEqual([0, 0, 0]);
    expect(limits.take("frames", "a")).toBe(2);
    expect(limits.take("frames", "b")).toBe(0);
    now = 2000;
    expect(limits.take("frames", "a")).toBe(0);
  });

  test("let something larger than the burst pass when the bucket is full", () => {
    const limits = createRateLimits({ ...RATES, bytes: { burst: 10, perSecond: 1 } }, () => 0);
    expect(limits.take("bytes", "a", 50)).toBe(0);
    expect(limits.take("bytes", "a", 1)).toBeGreaterThan(0);
  });

  test("never let more pass than burst and refill allow, whatever the clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 100 }), (steps) => {
        let now = 1_000_000;
        let furthest = now;
        let passed = 0;
        const limits = createRateLimits({ ...RATES, frames: { burst: 5, perSecond: 1 } }, () => now);
        for (const step of steps) {
          now += step;
          furthest = Math.max(furthest, now);
          if (limits.take("frames", "a") === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(5 + (furthest - 1_000_000) / 1000 + 5);
      }),
    );
  });

  test("forget the least used when there are too many", () => {
    const limits = createRateLimits({ ...RATES, frames: { burst: 1, perSecond: 0.001 } }, () => 0, 2);
    for (const key of ["a", "b", "c"]) limits.take("frames", key);
    expect(limits.take("frames", "c")).toBeGreaterThan(0);
    expect(limits.take("frames", "a")).toBe(0);
  });
});

describe("turns", () => {
  test("run one after another with times that only grow, although the clock goes back", async () => {
    const clock = [500, 100, 700, 700];
    const turns = createTurns(() => clock.shift() ?? 0, 450);
    let running = 0;
    const times = await Promise.all(
      [1, 2, 3, 4].map(() =>
        turns.run(async (at) => {
          running += 1;
          expect(running).toBe(1);
          await Promise.resolve();
          running -= 1;
          return at;
        }),
      ),
    );
    expect(times).toEqual([500, 501, 700, 701]);
  });

  test("go on after one that fails, and refuse when too many wait", async () => {
    const turns = createTurns(Date.now, 0, 2);
    const failing = turns.run(() => Promise.reject(new Error("broken")));
    const fine = turns.run(async () => "done");
    await expect(turns.run(async () => "too many")).rejects.toMatchObject({ code: "try_later" });
    await expect(failing).rejects.toThrow("broken");
    expect(await fine).toBe("done");
    await turns.idle();
  });
});
