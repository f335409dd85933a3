import { describe, expect, it } from "vitest";
import { probeOf } from "./build.ts";
import { CONTROLS, CUT, comeBack, MINUTE, quietWorld, silence } from "./cuts.ts";
import { run } from "./world.ts";

/** Eight probes of one network of Astana, four of another, and Almaty, which stays. */
const letters = (text: string, more: Parameters<typeof probeOf>[1]) => [...text].map((one) => probeOf(one, more));
const LOCAL = letters("ABCDEFGH", { asn: 41798, region: "KZ-71" });
const OTHER = letters("IJKL", { asn: 9198, region: "KZ-71" });
const ALMATY = letters("MNOPQR", { asn: 9198, region: "KZ-75" });
const BACK = CUT + 45 * MINUTE;

function incidentsOf(lost: typeof LOCAL, state: "isp" | "lan") {
  const world = quietWorld([...LOCAL, ...OTHER, ...ALMATY, ...CONTROLS]);
  silence(world, lost);
  comeBack(world, lost, { state, back: BACK, looks: true });
  return run(world.items).incidents;
}

describe("three quarters of an hour without a line, as maintenance takes at night", () => {
  it("on one network of one city is an outage, for which a fault of the provider stands first and nothing leads by the margin", () => {
    const [incident, ...more] = incidentsOf(LOCAL, "isp");
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind: "outage", asns: [41798], regions: ["KZ-71"], cause: null });
    expect(incident?.causes[0]).toMatchObject({ cause: "ISP fault", verdict: "supported" });
  });

  it("on all networks of the city at one moment is no maintenance of one provider", () => {
    const [incident, ...more] = incidentsOf([...LOCAL, ...OTHER], "lan");
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind: "shutdown", asns: [9198, 41798], regions: ["KZ-71"], cause: "ordered cut" });
    expect(incident?.causes.find(({ cause }) => cause === "ISP fault")).toMatchObject({ verdict: "contradicted" });
  });

  it("is dated to its minutes", () => {
    for (const [lost, state] of [
      [LOCAL, "isp"],
      [[...LOCAL, ...OTHER], "lan"],
    ] as const) {
      const [incident] = incidentsOf([...lost], state);
      for (const [interval, truth] of [
        [incident?.start, CUT],
        [incident?.end, BACK],
      ] as const) {
        expect(Date.parse(interval?.earliest ?? "")).toBeLessThanOrEqual(truth);
        expect(Date.parse(interval?.latest ?? "")).toBeGreaterThanOrEqual(truth);
      }
      expect(Date.parse(incident?.detectedAt ?? "") - CUT).toBeLessThanOrEqual(2 * MINUTE);
    }
  });
});
