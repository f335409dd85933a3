import { describe, expect, it } from "vitest";
import { regionSummary } from "../../dashboards/region-state.ts";
import { TILES } from "../../dashboards/tiles.ts";
import { fleet, incident, NAMES } from "./views.ts";

const cut = incident({ id: "i", kind: "shutdown", extent: "total", targets: [], asns: [], access: [] });
const of = (code: string, open: Parameters<typeof regionSummary>[1]["open"] = []) =>
  regionSummary(code, { open, coverage: fleet(), enoughProbes: 3 }).state;

describe("the state of a region", () => {
  it("is no data without a probe, too few with one or two, and quiet with three", () => {
    expect(["KZ-62", "KZ-11", "KZ-55"].map((code) => of(code))).toEqual(["none", "few", "quiet"]);
  });

  it("is never quiet while its probes are silent", () => {
    expect(regionSummary("KZ-75", { open: [], coverage: fleet(() => 0), enoughProbes: 3 }).state).toBe("few");
  });

  it("is cut off when an incident takes everything on every watched network", () => {
    expect(of("KZ-75", [cut])).toBe("cut");
    expect(of("KZ-71", [cut])).toBe("quiet");
  });

  it("is partly cut when networks, media or parts of the internet remain", () => {
    expect(of("KZ-75", [{ ...cut, asns: [29355] }])).toBe("limited");
    expect(of("KZ-75", [{ ...cut, access: ["mobile"] }])).toBe("limited");
    expect(of("KZ-75", [{ ...cut, extent: "domestic-only" }])).toBe("limited");
  });

  it("shows the gravest of several incidents", () => {
    const block = incident({ id: "b" });
    const outage = incident({ id: "o", kind: "outage", targets: [] });
    expect(of("KZ-75", [block])).toBe("blocked");
    expect(of("KZ-75", [block, outage])).toBe("outage");
    expect(of("KZ-75", [block, outage, cut])).toBe("cut");
  });

  it("reads an incident without regions as all that are watched on its networks", () => {
    const everywhere = incident({ id: "e", regions: [], asns: [48503] });
    expect(["KZ-75", "KZ-55", "KZ-62"].map((code) => of(code, [everywhere]))).toEqual(["blocked", "quiet", "none"]);
  });
});

describe("the tile map", () => {
  it("gives each of the 20 regions a place of its own, in reading order", () => {
    const places = TILES.map(({ row, column }) => row * 10 + column);
    expect(new Set(places).size).toBe(20);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(TILES.map(({ code }) => code).sort()).toEqual(Object.keys(NAMES.regions).sort());
  });
});
