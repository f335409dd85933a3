import { describe, expect, it } from "vitest";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import { okPage, probeOf, T0, tlsDrop } from "./build.ts";
import { measureRounds, run, worldOf } from "./world.ts";

const CADENCE = 900_000;
const TARGETS = ["orda.kz", "vlast.kz", "rus.azattyq.org"];
const AREAS = [
  { asn: 9198, region: "KZ-75" },
  { asn: 9198, region: "KZ-71" },
  { asn: 41798, region: "KZ-75" },
  { asn: 21299, region: "KZ-75" },
  { asn: 48503, region: "KZ-71" },
] as const;
/** Four probes in each of five areas: a tenth of the fleet are two, half of an area as well. */
const WITNESSES = AREAS.flatMap((area, place) =>
  [0, 1, 2, 3].map((one) => probeOf("abcdefghijklmnopqrst".charAt(4 * place + one), area)),
);
const CONTROLS = ["X", "Y"].map((letter) => probeOf(letter, { role: "control", region: "DE", asn: 24940 }));

/** Incidents when the given probes find a target swallowed from the twentieth to the sixtieth round. */
function incidentsOf(behind: readonly ProbeInfo[], targetOf: (probe: ProbeInfo) => string = () => "orda.kz") {
  const probes = [...WITNESSES, ...CONTROLS];
  const world = worldOf(probes);
  measureRounds(world, {
    probes,
    targets: TARGETS,
    from: T0,
    rounds: 70,
    cadenceMs: CADENCE,
    sight: ({ probe, target, round }) =>
      behind.includes(probe) && target === targetOf(probe) && round >= 20 && round < 60
        ? tlsDrop(`https://${target}/`)
        : okPage(`https://${target}/`),
  });
  return run(world.items, knowledgeFrom({})).incidents;
}
const ofArea = (place: number, from = 0) => WITNESSES.slice(4 * place + from, 4 * place + from + 2);

describe("a filter behind which only half of each cell's probes stand", () => {
  it("is found within three hours when it is met in two cells at one time", () => {
    const [found, ...more] = incidentsOf([...ofArea(0), ...ofArea(1)]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: "block", targets: ["orda.kz"], asns: [9198], witnesses: 4 });
    expect(found?.regions).toEqual(["KZ-71", "KZ-75"]);
    const began = T0 + 20 * CADENCE;
    expect(Date.parse(found?.start.earliest ?? "")).toBeLessThanOrEqual(began + CADENCE);
    expect(Date.parse(found?.detectedAt ?? "") - began).toBeLessThan(3 * 3_600_000);
  });

  it("is not told apart from two who lie together where it is met in one cell", () => {
    expect(incidentsOf(ofArea(0))).toEqual([]);
  });

  it("is not made of two pairs who claim different targets", () => {
    const pair = ofArea(1);
    expect(incidentsOf([...ofArea(0), ...pair], (probe) => (pair.includes(probe) ? "vlast.kz" : "orda.kz"))).toEqual(
      [],
    );
  });
});
