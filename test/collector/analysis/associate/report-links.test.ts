import { expect, test } from "vitest";
import { linksOf, type ReportScope } from "../../../../collector/analysis/associate/report-links.ts";
import type { Incident } from "../../../../protocol/incident.ts";

const incident: Incident = {
  id: "i1",
  kind: "block",
  method: "tls_drop",
  extent: null,
  targets: ["orda.kz"],
  asns: [9198],
  regions: ["KZ-75"],
  access: ["fixed"],
  start: { earliest: "2022-01-04T08:00:00.000Z", latest: "2022-01-04T08:10:00.000Z" },
  end: null,
  detectedAt: "2022-01-04T08:30:00.000Z",
  confidence: "confirmed",
  witnesses: 3,
  measurements: 30,
  causes: [],
};
const report: ReportScope = {
  kind: "block",
  place: "KZ",
  start: "2022-01-04T00:00:00.000Z",
  end: null,
  precision: "day",
  targets: ["orda.kz"],
};

test("a report is linked to an incident of its kind, time, place and target, with the reason", () => {
  expect(linksOf(report, [incident])).toEqual([
    { incident: "i1", reason: "times overlap (reported to the day); the place is not contradicted; both name orda.kz" },
  ]);
});

test.each<[string, Partial<ReportScope>]>([
  ["of another site", { targets: ["hola.kz"] }],
  ["of another kind", { kind: "interception" }],
  ["of another city", { place: "KZ-71" }],
  ["of a time before", { start: "2022-01-01T00:00:00.000Z" }],
])("a report %s is not linked", (_what, change) => {
  expect(linksOf({ ...report, ...change }, [incident])).toEqual([]);
});
