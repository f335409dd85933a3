import { describe, expect, it } from "vitest";
import { createBaseline } from "../../../../collector/analysis/detect/baseline.ts";
import { createCadence } from "../../../../collector/analysis/detect/cadence.ts";
import { addVote, createCellLog } from "../../../../collector/analysis/detect/cell-log.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";

const MINUTE = 60_000;
const CADENCE = 15 * MINUTE;
const GOOD = { controlShare: 0.002, trials: 15, masked: false, badLines: new Set<string>() };

/** A cell after twenty quiet rounds; `look` gives a vote of each of its three probes at a minute after them. */
function quietCell() {
  const log = createCellLog(SETTINGS, createBaseline({ fails: 0, trials: 0 }, SETTINGS));
  const look = (minute: number, blocked: boolean, proof = false) =>
    ["a", "b", "c"].map((probe, place) => {
      const at = 20 * CADENCE + minute * MINUTE + place * 1000;
      const code = blocked ? "tls_drop" : "ok";
      return addVote(log, { probe, from: at, at, blocked, code, proof, certain: false }, () => GOOD, CADENCE)?.kind;
    });
  for (let round = -20; round < 0; round++) look(round * 15, false);
  return { log, look };
}

describe("looks that the collector asks for", () => {
  it("find a proved block within ten minutes, and one without proof within a quarter of an hour", () => {
    const proved = quietCell();
    expect([...proved.look(0, true, true), ...proved.look(5, true), ...proved.look(10, true)]).toContain("opened");
    const plain = quietCell();
    expect([0, 5, 10, 15].flatMap((minute) => plain.look(minute, true))).toContain("opened");
  });

  it("a minute apart are one look, however many they are", () => {
    const { log, look } = quietCell();
    expect([0, 1, 2, 3, 4].flatMap((minute) => look(minute, true))).not.toContain("opened");
    expect(log.rounds).toHaveLength(21);
  });

  it("teach nothing of usual failures", () => {
    const { log, look } = quietCell();
    look(0, false);
    const before = log.baseline.shareOf("a");
    look(6, false);
    expect(log.rounds.at(-1)?.round.asked).toBe(true);
    expect(log.baseline.shareOf("a")).toBe(before);
  });

  it("make no new cadence, while a probe that goes on so makes one", () => {
    const cadence = createCadence(SETTINGS);
    const cell = cadence.cellOf({ target: "orda.kz", asn: 9198, region: "KZ-75" });
    const saw = (...minutes: number[]) => {
      for (const minute of minutes) cadence.saw(cell, cadence.ownOf(cell, "a"), minute * MINUTE);
    };
    saw(0, 15, 30, 45, 46, 51, 56, 60, 61, 66, 71, 75, 90);
    expect(cadence.of(cell)).toBe(CADENCE);
    saw(...Array.from({ length: 40 }, (_, index) => 95 + index * 5));
    expect(cadence.of(cell)).toBe(5 * MINUTE);
  });
});
