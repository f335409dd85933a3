import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  noteSpeed,
  openSpeedBook,
  type SpeedBook,
  type SpeedRules,
  speedBytes,
  speedDue,
} from "../../../probe/measure/speed-due.ts";
import { goodputKbitS, looksSlow } from "../../../probe/measure/speed-slow.ts";
import type { SpeedBody } from "../../../protocol/records/speed.ts";

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;
const RULES: SpeedRules = { bytesPerDay: 100 * MIB, metered: false, pairsPerRound: 4 };

function candidates(...targets: string[]) {
  return targets.map((target) => ({ target, urgent: false }));
}

describe("speedDue", () => {
  test("gives a target one pair an hour at most", () => {
    let book = openSpeedBook(RULES, 0);
    expect(speedDue(book, candidates("a.test"), 0, RULES)).toEqual(["a.test"]);
    book = noteSpeed(book, "a.test", MIB / 2, 0, RULES);
    expect(speedDue(book, candidates("a.test"), HOUR_MS - 1, RULES)).toEqual([]);
    expect(speedDue(book, candidates("a.test"), HOUR_MS, RULES)).toEqual(["a.test"]);
  });

  test("takes urgent targets first, then those that waited longest", () => {
    let book = openSpeedBook(RULES, 0);
    book = noteSpeed(book, "late.test", 0, 0, RULES);
    book = noteSpeed(book, "later.test", 0, HOUR_MS, RULES);
    const all = [...candidates("later.test", "late.test", "never.test"), { target: "odd.test", urgent: true }];
    book = noteSpeed(book, "odd.test", 0, 2 * HOUR_MS, RULES);
    expect(speedDue(book, all, 3 * HOUR_MS, RULES)).toEqual(["odd.test", "never.test", "late.test", "later.test"]);
  });

  test("takes no more than a round's part, in another order each time where nothing else decides", () => {
    const book = openSpeedBook(RULES, 0);
    const all = candidates("a", "b", "c", "d", "e", "f");
    const steps = (from: number, by: number) => {
      let next = from;
      return () => {
        next += by;
        return next;
      };
    };
    expect(speedDue(book, all, 0, RULES, steps(0, 0.1))).toEqual(["a", "b", "c", "d"]);
    expect(speedDue(book, all, 0, RULES, steps(1, -0.1))).toEqual(["f", "e", "d", "c"]);
  });

  test("stops at the bytes left, and goes on as they flow in", () => {
    const poor = { ...RULES, bytesPerDay: 3 * MIB };
    const book = openSpeedBook(poor, 0);
    const all = candidates("a", "b", "c");
    expect(speedDue(book, all, 0, poor)).toHaveLength(1);
    const spent = noteSpeed(
      book,
      "a",
      speedBytes({ samples: { target: [[1, 262_144]], control: [[1, 262_144]] } }),
      0,
      poor,
    );
    expect(speedDue(spent, all, HOUR_MS, poor)).toEqual([]);
    expect(speedDue(spent, all, 12 * HOUR_MS, poor)).toHaveLength(1);
  });

  test("lets a metered line make many pairs of handshakes with the same bytes", () => {
    const poor = { ...RULES, bytesPerDay: 3 * MIB, metered: true };
    expect(speedDue(openSpeedBook(poor, 0), candidates("a", "b", "c", "d", "e"), 0, poor)).toHaveLength(4);
  });

  test("keeps in its book what JSON can hold, and no more than a day of it", () => {
    let book = openSpeedBook(RULES, 0);
    for (let hour = 0; hour < 48; hour++) book = noteSpeed(book, `t${hour}`, 0, hour * HOUR_MS, RULES);
    expect(Object.keys(book.last)).toHaveLength(24);
    const kept = JSON.parse(JSON.stringify(book)) as SpeedBook;
    expect(speedDue(kept, candidates("t47"), 47 * HOUR_MS, RULES)).toEqual([]);
  });

  test("is not misled by targets named like parts of the language", () => {
    const book = openSpeedBook(RULES, 0);
    expect(speedDue(book, candidates("constructor", "__proto__"), 0, RULES)).toHaveLength(2);
  });

  test("never moves more than a day's bytes in any 24 hours, whatever the rounds", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 6 * HOUR_MS }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 60 * MIB }), (waits, bytesPerDay) => {
        const rules = { ...RULES, bytesPerDay };
        const all = candidates(...Array.from({ length: 40 }, (_, n) => `t${n}`));
        let book = openSpeedBook(rules, 0);
        let nowMs = 0;
        const spent: { atMs: number; bytes: number }[] = [];
        for (const wait of waits) {
          nowMs += wait;
          for (const target of speedDue(book, all, nowMs, rules)) {
            const bytes = speedBytes({ samples: { target: [[1, 262_144]], control: [[1, 262_144]] } });
            book = noteSpeed(book, target, bytes, nowMs, rules);
            spent.push({ atMs: nowMs, bytes });
          }
        }
        for (const { atMs } of spent) {
          const day = spent.filter((one) => one.atMs >= atMs && one.atMs < atMs + 24 * HOUR_MS);
          expect(day.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(bytesPerDay);
        }
      }),
    );
  });
});

describe("looksSlow", () => {
  const even: SpeedBody = {
    target: "a.test",
    url: "https://a.test/",
    control: { url: "https://b.test/", choice: "same-address" },
    order: "control-first",
    direction: "down",
    samples: { target: [[1000, 100_000]], control: [[1000, 100_000]] },
    handshakeMs: { target: 90, control: 80 },
    failure: { target: null, control: null },
  };

  test("says no of a pair as fast as each other", () => {
    expect(looksSlow(even)).toBe(false);
    expect(goodputKbitS(even.samples.target)).toBe(800);
  });

  test.each([
    ["less than half the control's speed", { samples: { ...even.samples, target: [[8000, 100_000]] } }],
    ["a handshake of seconds beside a quick one", { handshakeMs: { target: 4000, control: 90 } }],
    [
      "nothing while the control had all",
      { samples: { ...even.samples, target: [] }, failure: { target: "generic_timeout_error", control: null } },
    ],
  ] satisfies [string, Partial<SpeedBody>][])("says yes of %s", (_what, change) => {
    expect(looksSlow({ ...even, ...change })).toBe(true);
  });

  test.each([
    ["slow handshakes of both", { handshakeMs: { target: 4000, control: 3500 } }],
    ["a failure of the control", { failure: { target: "connection_reset", control: "connection_reset" } }],
    ["a pair that was stopped", { failure: { target: "interrupted", control: null } }],
    ["handshakes alone", { samples: { target: [], control: [] }, handshakeOnly: true }],
  ] satisfies [string, Partial<SpeedBody>][])("says no of %s", (_what, change) => {
    expect(looksSlow({ ...even, ...change })).toBe(false);
  });
});
