import { describe, expect, it } from "vitest";
import type { WorldEvent } from "../../../collector/api/types.ts";
import { contextOf } from "../../../dashboards/context.ts";
import { lagTexts } from "../../../dashboards/words/lag.ts";
import { AS_OF, incident, NAMES } from "../views.ts";

const RALLY: WorldEvent = {
  id: "e",
  kind: "rally",
  sanctioned: "unknown",
  place: "KZ-75",
  title: "Rally",
  start: "2022-01-05T10:00:00.000Z",
  end: null,
  precision: "minute",
  source: "https://example.org/",
};

function near(event: WorldEvent, earliest: string, latest = earliest, regions = ["KZ-75"]): string[] {
  const one = incident({ id: "i", regions, start: { earliest, latest } });
  const context = contextOf({ names: NAMES, asOf: AS_OF, enoughProbes: 3 }, "en");
  return lagTexts(context, event, [{ letter: "A", incident: one }], "Asia/Almaty").map((text) =>
    text.replace(/\u00a0/g, " "),
  );
}

describe("closeness in time", () => {
  it("is told in minutes after the start", () => {
    expect(near(RALLY, "2022-01-05T10:12:00.000Z")).toEqual(["A began 12 minutes after the start"]);
  });

  it("carries the uncertainty of the incident's start through", () => {
    expect(near(RALLY, "2022-01-05T10:12:00.000Z", "2022-01-05T10:20:00.000Z")).toEqual([
      "A began between 12 minutes and 20 minutes after the start",
    ]);
  });

  it("tells an incident that came first as having come first", () => {
    expect(near(RALLY, "2022-01-05T08:30:00.000Z")).toEqual(["A began 1 h 30 min before the start"]);
  });

  it("is no finer than the event's own precision", () => {
    expect(near({ ...RALLY, precision: "hour" }, "2022-01-05T10:12:00.000Z")).toEqual([
      "A began within the time given",
    ]);
    expect(near({ ...RALLY, precision: "day" }, "2022-01-05T14:00:00.000Z")).toEqual(["A began on that day"]);
    expect(near({ ...RALLY, precision: "day" }, "2022-01-05T20:00:00.000Z")).toEqual([]);
  });

  it("is not told of another place, nor of what is more than a day away", () => {
    expect(near(RALLY, "2022-01-05T10:12:00.000Z", undefined, ["KZ-71"])).toEqual([]);
    expect(near(RALLY, "2022-01-07T10:12:00.000Z")).toEqual([]);
    expect(near({ ...RALLY, place: "KZ" }, "2022-01-05T10:12:00.000Z", undefined, ["KZ-71"])).toHaveLength(1);
  });
});
