import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock } from "../../probe/clock.ts";
import { createFit } from "../../probe/time-fit.ts";

const HOUR = 3_600_000;
const TRUE_START = Date.parse("2022-01-05T10:00:00Z");

/** A host whose clocks are all in the hand of the test. Its monotonic clock gains `ppm`; its wall clock is `wrongMs` off. */
function host({ ppm = 0, wrongMs = 0 } = {}) {
  let trueMs = 0;
  let set = wrongMs;
  let asleepMs = 0;
  const elapsed = () => trueMs * (1 + ppm / 1e6);
  const clock = createClock({
    wallMs: () => TRUE_START + elapsed() + set,
    tickMs: () => elapsed() - asleepMs,
    uptimeMs: () => 50_000 + elapsed(),
  });
  return {
    clock,
    pass: (ms: number) => {
      trueMs += ms;
    },
    sleep: (ms: number) => {
      trueMs += ms;
      asleepMs += ms;
    },
    setWall: (byMs: number) => {
      set += byMs;
    },
    trueNow: () => TRUE_START + trueMs,
    /** A collector's answer that took `roundTripMs`, of which `wayBack` was the part of the answer. */
    contact: (roundTripMs = 40, wayBack = 0.5) => {
      const sent = clock.monoMs();
      const back = roundTripMs * wayBack;
      trueMs += roundTripMs - back;
      const said = TRUE_START + trueMs;
      trueMs += back;
      clock.learn(said, sent, clock.monoMs());
    },
    /** How wrong a record written now would be dated. */
    wrongMs: () => Math.abs(clock.wallMs() + clock.offset().offsetMs - (TRUE_START + trueMs)),
  };
}

describe("a probe's clock", () => {
  it("says that it does not know the time until somebody told it, and dates a start in 1970 from the first contact on", () => {
    const pi = host({ wrongMs: -TRUE_START });
    expect(pi.clock.offset()).toEqual({ offsetMs: 0, source: "none" });
    const bootMono = pi.clock.monoMs();
    const bootTrue = pi.trueNow();
    pi.pass(HOUR);
    pi.contact();
    expect(pi.clock.offset().source).toBe("collector");
    // What was written before is dated through the monotonic clock of the same boot.
    const dated = pi.clock.wallMs() + pi.clock.offset().offsetMs - (pi.clock.monoMs() - bootMono);
    expect(Math.abs(dated - bootTrue)).toBeLessThanOrEqual(25);
  });

  it("finds the drift of the monotonic clock from several contacts, and keeps time by it while nobody tells", () => {
    const pi = host({ ppm: 60 });
    for (let count = 0; count < 24; count++) {
      pi.contact();
      pi.pass(HOUR / 4);
    }
    expect(pi.clock.offset().driftPpm).toBeCloseTo(60, 0);
    pi.pass(24 * HOUR);
    // Without the fit it would be 5 s off.
    expect(pi.wrongMs()).toBeLessThanOrEqual(pi.clock.offset().boundMs ?? 0);
    expect(pi.clock.offset().boundMs).toBeLessThan(2000);
  });

  it("is not misled by a wall clock set a year on or back between contacts", () => {
    for (const year of [365 * 24 * HOUR, -365 * 24 * HOUR]) {
      const pi = host();
      pi.contact();
      pi.setWall(year);
      expect(pi.wrongMs()).toBeLessThanOrEqual(25);
    }
  });

  it("counts time asleep, which Linux's monotonic clock does not", () => {
    const laptop = host();
    laptop.contact();
    const before = laptop.clock.monoMs();
    laptop.sleep(HOUR);
    expect(laptop.clock.monoMs() - before).toBeCloseTo(HOUR, 0);
    expect(laptop.clock.sleptMs()).toBeCloseTo(HOUR, 0);
    expect(laptop.wrongMs()).toBeLessThanOrEqual(laptop.clock.offset().boundMs ?? 0);
  });

  it("takes the anchors' word while it has no better one, and the collector's when that is truer", () => {
    const pi = host({ wrongMs: 90_000 });
    pi.clock.learnDates(pi.trueNow() - pi.clock.monoMs(), 550, pi.clock.monoMs());
    expect(pi.clock.offset()).toMatchObject({ source: "https", offsetMs: -90_000, boundMs: 550 });
    pi.contact();
    expect(pi.clock.offset().source).toBe("collector");
    pi.pass(3 * HOUR);
    pi.clock.learnDates(pi.trueNow() - pi.clock.monoMs(), 550, pi.clock.monoMs());
    // A collector's word of three hours ago may be 1.1 s off by now.
    expect(pi.clock.offset().source).toBe("https");
  });

  it("never states a bound that does not hold, whatever the way, for a clock that gains up to 60 ppm", () => {
    const step = fc.record({
      waitMs: fc.nat(6 * HOUR),
      tripMs: fc.integer({ min: 1, max: 9000 }),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.array(step, { minLength: 1, maxLength: 30 }), (ppm, steps) => {
        const pi = host({ ppm, wrongMs: 12_345 });
        for (const { waitMs, tripMs, back } of steps) {
          pi.contact(tripMs, back);
          pi.pass(waitMs);
          expect(pi.wrongMs()).toBeLessThanOrEqual((pi.clock.offset().boundMs ?? 0) + 1);
        }
      }),
    );
  });
});

it("a fit without readings tells nothing", () => {
  expect(createFit().at(0)).toBeNull();
});
