import { expect, test } from "vitest";
import type { Incident } from "../../../protocol/incident.ts";
import { demo } from "../scenarios/demo.ts";
import { compare } from "./compare.ts";
import { demoText } from "./table.ts";
import { type Done, expectedOf } from "./truth.ts";

const T0 = Date.UTC(2026, 0, 5, 10, 0, 0);
const utc = (seconds: number) => new Date(T0 + 1000 * seconds).toISOString();

const done: Done[] = demo(false).acts.flatMap((act) => {
  const expected = expectedOf(act);
  const times = { startMs: T0 + 1000 * act.fromS, endMs: T0 + 1000 * act.toS };
  return expected === null ? [] : [{ act, expected, ...times }];
});

/** An incident that fits an act in every way, seen from 2 s before its start to 4 s after. */
function fitting({ act, expected }: Done, changes: Partial<Incident> = {}): Incident {
  const parts = expected.cells.map((cell) => cell.split("@"));
  return {
    id: act.id,
    kind: expected.kind,
    method: expected.method,
    extent: expected.extent,
    targets: [...expected.targets],
    asns: [...new Set(parts.map(([asn]) => Number(asn)))],
    regions: [...new Set(parts.map(([, region]) => region ?? ""))],
    access: [],
    start: { earliest: utc(act.fromS - 2), latest: utc(act.fromS + 4) },
    end: { earliest: utc(act.toS), latest: utc(act.toS + 2) },
    detectedAt: utc(act.fromS + 30),
    confidence: "confirmed",
    witnesses: 2,
    measurements: 10,
    causes: [],
    ...changes,
  };
}

function textOf(incidents: readonly Incident[]): string {
  const comparison = compare(done, incidents);
  return demoText({ scenario: demo(false), comparison, event: null, right: comparison.right });
}

const all = done.map((act) => fitting(act));

test("acts found as they were done are right, with the error of the middle of the found interval", () => {
  const { right, findings, extras } = compare(done, all);
  expect(right).toBe(true);
  expect(extras).toEqual([]);
  expect(
    findings.map(({ startErrorS, endErrorS, startInside, detectionDelayS }) => [
      startErrorS,
      endErrorS,
      startInside,
      detectionDelayS,
    ]),
  ).toEqual(done.map(() => [1, 1, true, 30]));
});

test("an empty list of networks or regions means all that were watched", () => {
  // Kazakhtelecom has probes in both cities, and all networks of Astana are cut.
  const open = all.map((incident) => {
    if (incident.id === "lie") return { ...incident, regions: [] };
    return incident.id === "cut" ? { ...incident, asns: [] } : incident;
  });
  expect(compare(done, open).right).toBe(true);
});

test.each([
  ["kind", { kind: "outage" as const }, "kind is outage, not shutdown"],
  ["extent", { extent: "domestic-only" as const }, "extent is domestic-only, not total"],
  ["scope", { asns: [9198] }, "scope is 9198@KZ-71, not 9198@KZ-71, 21299@KZ-71"],
  ["end", { end: null }, "still open"],
])("a wrong %s is named", (_what, changes, fault) => {
  const incidents = done.map((act) => fitting(act, act.act.id === "cut" ? changes : {}));
  const { right, findings } = compare(done, incidents);
  expect(right).toBe(false);
  expect(findings.flatMap(({ faults }) => faults)).toEqual([fault]);
});

test("what nobody did is listed as extra, and what nobody found as not found", () => {
  const stray = fitting(done[0] ?? expect.unreachable(), { id: "stray", targets: ["vlast.kz"] });
  const { right, findings, extras } = compare(done, [...all.slice(1), stray]);
  expect(right).toBe(false);
  expect(findings[0]?.faults).toEqual(["not found"]);
  expect(extras.map(({ id }) => id)).toEqual(["stray"]);
});

test("an incident in two pieces is one finding and one extra", () => {
  expect(compare(done, [...all, fitting(done[0] ?? expect.unreachable(), { id: "again" })]).extras).toHaveLength(1);
});

test("the table sets done beside found and says what else there was", () => {
  const text = textOf(all);
  expect(text).toContain("  method           tls_drop                          tls_drop\n");
  expect(text).toContain("  network          AS9198, AS21299                   AS9198, AS21299\n");
  expect(text).toContain("1.0 s, true time inside");
  expect(text).toContain("Nothing else was found.");
  expect(text).toContain("! The event of the script is not published.");
  const worse = textOf([...all.slice(0, 2), fitting(done[0] ?? expect.unreachable())]);
  expect(worse).toContain("! not found");
  expect(worse).toContain("Also found");
});
