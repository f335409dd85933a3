import fc from "fast-check";
import { expect, it } from "vitest";
import { BACKOFF, backoffMs } from "../../../probe/uplink/backoff.ts";

const failures = fc.nat(10_000);
const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

it("waits at least nothing and at most the bound, which doubles from 1 s to 5 minutes", () => {
  fc.assert(
    fc.property(failures, chance, (count, random) => {
      const ms = backoffMs(count, () => random);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** count));
    }),
  );
});

it("never waits less after more failures, chance being equal", () => {
  fc.assert(
    fc.property(failures, chance, (count, random) => {
      expect(backoffMs(count + 1, () => random)).toBeGreaterThanOrEqual(backoffMs(count, () => random));
    }),
  );
});

it("spreads a fleet over the whole of the bound", () => {
  fc.assert(
    fc.property(failures, chance, (count, random) => {
      expect(backoffMs(count, () => random)).toBeCloseTo(random * backoffMs(count, () => 1), 3);
    }),
  );
});
