import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepBooks, openBooks } from "../../../probe/schedule/books.ts";
import { createBudget } from "../../../probe/schedule/budget.ts";
import { believedOffMs, createMonthBudget } from "../../../probe/schedule/budget-month.ts";
import { msUntilQuiet, parseQuietHours } from "../../../probe/schedule/quiet-hours.ts";

const DAY = 86_400_000;

describe("a month's bytes", () => {
  it("never go over in any thirty days, but by what was under way", () => {
    const spending = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 1, max: 50 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(spending, (steps) => {
        let now = 0;
        const month = createMonthBudget(100, () => now);
        const spent: { at: number; bytes: number }[] = [];
        for (const [wait, bytes] of steps) {
          now += wait;
          if (month.leftBytes() <= 0) continue;
          month.spend(bytes);
          spent.push({ at: now, bytes });
          const within = spent.filter(({ at }) => now - at < 30 * DAY).reduce((sum, one) => sum + one.bytes, 0);
          expect(within).toBeLessThan(100 + 50);
          expect(month.days().length).toBeLessThanOrEqual(32);
        }
      }),
    );
  });

  it("come back when their days have passed", () => {
    let now = 0;
    const month = createMonthBudget(100, () => now);
    month.spend(100);
    now = 30 * DAY;
    expect(month.leftBytes()).toBe(0);
    now = 31 * DAY;
    expect(month.leftBytes()).toBe(100);
  });

  it.each([
    ["a restart", "same", 0],
    ["a clock a year ahead after a reboot", "other", 366 * DAY],
    ["a clock back at 1970 after a reboot", "other", -Date.UTC(2026, 10, 1)],
  ])("survive %s", (_what, boot, jumpMs) => {
    let text: string | null = null;
    const notes = {
      setNote: (_name: string, value: string) => {
        text = value;
      },
      note: () => text,
    };
    const before = { boot: "same", monoMs: () => 5 * DAY, wallMs: () => Date.UTC(2026, 10, 1) };
    const budget = createBudget(1000, before.monoMs, null, 100);
    budget.spend(100);
    keepBooks(notes, before, { im: {}, speed: null, followUps: new Map(), budget: budget.state() });
    const monoMs = () => (boot === "same" ? 5 * DAY : 1000);
    const after = { boot, monoMs, wallMs: () => Date.UTC(2026, 10, 1) + jumpMs };
    const next = createBudget(1000, monoMs, openBooks(notes, after).budget, 100);
    expect([next.allows(), next.monthLeft()]).toEqual([false, 0]);
  });

  it("do not count where no month was allowed", () => {
    const budget = createBudget(1000, () => 0);
    budget.spend(999);
    expect([budget.allows(), budget.monthLeft()]).toEqual([true, null]);
  });

  it("believe a host to have been off a week at most, and nothing from a clock that was never set", () => {
    const now = Date.UTC(2026, 10, 1);
    expect([believedOffMs(now, now + DAY), believedOffMs(now, now + 99 * DAY), believedOffMs(0, now)]).toEqual([
      DAY,
      7 * DAY,
      0,
    ]);
    expect(believedOffMs(now, now - DAY)).toBe(0);
  });
});

describe("quiet hours", () => {
  const at = (hour: number, minute: number, second = 0) => new Date(2026, 10, 22, hour, minute, second).getTime();

  it.each([
    ["23:00-07:00", at(23, 0), 0],
    ["23:00-07:00", at(6, 59, 59), 0],
    ["23:00-07:00", at(22, 59, 30), 30_000],
    ["23:00-07:00", at(7, 0), 16 * 3_600_000],
    ["9:30-12:00", at(12, 0), 21.5 * 3_600_000],
    ["9:30-12:00", at(11, 59), 0],
  ])("%s", (text, nowMs, ms) => {
    expect(msUntilQuiet(parseQuietHours(text), nowMs)).toBe(ms);
  });

  it("are none where the clock was never set, and without any", () => {
    const night = parseQuietHours("00:00-23:59");
    expect(msUntilQuiet(night, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(msUntilQuiet(null, at(3, 0))).toBe(Number.POSITIVE_INFINITY);
  });

  it.each(["", "23", "24:00-01:00", "23:60-01:00", "07:00-07:00", "a-b", "1:00-2:00-3:00"])("'%s' are none", (text) => {
    expect(parseQuietHours(text)).toBeNull();
  });
});
