import { describe, expect, it } from "vitest";
import { createRegister, incidentId } from "../../../../collector/analysis/incidents/register.ts";
import type { Incident } from "../../../../protocol/incident.ts";
import { T0 } from "../build.ts";

function incident(id: string, minute: number, more: Partial<Incident> = {}): Incident {
  const at = new Date(T0 + minute * 60_000).toISOString();
  return {
    id,
    kind: "block",
    method: "tls_drop",
    extent: null,
    targets: ["orda.kz"],
    asns: [9198],
    regions: [],
    access: [],
    start: { earliest: at, latest: at },
    end: null,
    detectedAt: at,
    confidence: "probable",
    witnesses: 2,
    measurements: 10,
    causes: [],
    ...more,
  };
}

describe("the register of incidents", () => {
  it("lists by start, then by id, whatever came first", () => {
    const register = createRegister();
    for (const one of [incident("c", 5), incident("b", 1), incident("a", 5), incident("d", 0)]) register.put(one);
    expect(register.list().map(({ id }) => id)).toEqual(["d", "b", "a", "c"]);
  });

  it("raises the version when more than the count of measurements changed, and for nothing else", () => {
    const register = createRegister();
    register.put(incident("a", 0));
    register.put(incident("a", 0, { measurements: 11 }));
    expect(register.list()).toMatchObject([{ version: 1, measurements: 11 }]);
    register.put(incident("a", 0, { witnesses: 3 }));
    register.put(incident("a", 0, { witnesses: 2 }));
    expect(register.list()).toMatchObject([{ version: 3 }]);
  });

  it("forgets what is taken back", () => {
    const register = createRegister();
    register.put(incident("a", 0));
    register.withdraw("a");
    expect(register.list()).toEqual([]);
  });

  it("names an incident by kind, cell and start alone", () => {
    expect(incidentId("block", "x", T0)).toBe(incidentId("block", "x", T0));
    const others = [
      incidentId("interception", "x", T0),
      incidentId("block", "y", T0),
      incidentId("block", "x", T0 + 1),
    ];
    expect(new Set([incidentId("block", "x", T0), ...others]).size).toBe(4);
  });
});
