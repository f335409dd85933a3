import { describe, expect, it } from "vitest";
import { SETTINGS } from "../../../collector/analysis/settings.ts";
import { createTimekeeper } from "../../../collector/analysis/timekeeper.ts";
import { journalOf, probeOf, T0 } from "./build.ts";

const probe = probeOf("A");
const stop = { kind: "stop", body: { reason: "x" } } as const;
const NO_CLOCK = { offsetMs: 0, source: "none" } as const;

describe("timekeeper", () => {
  it("true time is the probe's own plus its offset", () => {
    const entry = journalOf(probe)(T0, stop, { clock: { offsetMs: -1500, source: "collector" } });
    expect(
      createTimekeeper(SETTINGS)
        .place(entry, T0)
        .map(({ at }) => at),
    ).toEqual([T0 - 1500]);
  });

  it("an entry without a clock waits for one of its boot and is placed by the monotonic clock", () => {
    const write = journalOf(probe);
    const times = createTimekeeper(SETTINGS);
    expect(times.place(write(0, stop, { clock: NO_CLOCK, mono: 1000 }), T0)).toEqual([]);
    const placed = times.place(write(T0 - 1000, stop, { mono: 61_000 }), T0);
    expect(placed.map(({ at }) => at)).toEqual([T0 - 61_000, T0 - 1000]);
    expect(times.place(write(0, stop, { clock: NO_CLOCK, mono: 61_500 }), T0).map(({ at }) => at)).toEqual([T0 - 500]);
  });

  it("a boot that ends without a clock keeps its own time, never later than its arrival", () => {
    const write = journalOf(probe);
    const times = createTimekeeper(SETTINGS);
    times.place(write(T0 + 9_000_000, stop, { clock: NO_CLOCK, boot: "one" }), T0);
    expect(times.place(write(T0, stop, { boot: "two" }), T0 + 5).map(({ at }) => at)).toEqual([T0, T0]);
  });

  it("entries of a boot that never learns the time do not wait for ever", () => {
    const write = journalOf(probe);
    const times = createTimekeeper(SETTINGS);
    expect(times.place(write(T0, stop, { clock: NO_CLOCK }), T0)).toEqual([]);
    expect(times.place(write(T0 + 1000, stop, { clock: NO_CLOCK }), T0 + SETTINGS.clockWaitMs)).toHaveLength(2);
    expect(times.place(write(T0 + 2000, stop, { clock: NO_CLOCK }), T0 + 70_000)).toHaveLength(1);
  });

  it("a clock that claims the future is not believed", () => {
    const entry = journalOf(probe)(T0 + 86_400_000, stop);
    expect(
      createTimekeeper(SETTINGS)
        .place(entry, T0)
        .map(({ at }) => at),
    ).toEqual([T0]);
  });
});
