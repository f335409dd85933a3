import { expect, test } from "vitest";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { readEvents } from "../../collector/events/read-events.ts";
import { eventsCsv } from "./events-csv.ts";
import { demo } from "./scenarios/demo.ts";

test("the script's event is CSV that the collector imports, over the time of the cut", () => {
  const { event, acts } = demo(false);
  const cut = acts.find(({ deed }) => deed.does === "city-cut");
  const { events, refused } = readEvents("events.csv", eventsCsv(event, 0), { regions: loadCatalogue().regions });
  const [row, ...more] = events;
  expect([more, refused]).toEqual([[], []]);
  expect(row).toMatchObject({ id: "lab-rally", kind: "rally", place: "KZ-71", precision: "minute" });
  expect(Date.parse(row?.start ?? "")).toBeLessThan(1000 * (cut?.fromS ?? 0));
  expect(Date.parse(row?.end ?? "")).toBeGreaterThan(1000 * (cut?.toS ?? Number.POSITIVE_INFINITY));
});
