import { describe, expect, test } from "vitest";
import { targetCells } from "../../../collector/api/target-cells.ts";
import type { LatestTally } from "../../../collector/store/store.ts";

describe("cells of targets", () => {
  const tally = (code: LatestTally["code"], probes = 1, last = 1, other: Partial<LatestTally> = {}): LatestTally => ({
    ...{ code, probes, last, target: "orda.kz", asn: 9198, region: "KZ-75" },
    ...other,
  });
  const cells = (...tallies: LatestTally[]) => targetCells(tallies);

  test("take what most probes found", () => {
    const [cell] = cells(tally("ok"), tally("tls_drop", 2, 5));
    expect(cell).toMatchObject({ code: "tls_drop", probes: 3, agreeing: 2, lastAt: "1970-01-01T00:00:00.005Z" });
  });

  test("take the latest where probes disagree evenly", () => {
    expect(cells(tally("tls_drop", 1, 1), tally("ok", 1, 2))[0]).toMatchObject({ code: "ok", agreeing: 1 });
  });

  test("hear a probe that is offline only where no other speaks", () => {
    expect(cells(tally("offline", 2, 9), tally("ok"))[0]).toMatchObject({ code: "ok" });
    expect(cells(tally("offline"))[0]).toMatchObject({ code: "offline" });
  });

  test("stand by target, network and region, in that order", () => {
    const found = cells(
      tally("ok", 1, 1, { target: "vlast.kz" }),
      tally("ok"),
      // A network that some probe moved to between two targets.
      tally("ok", 1, 1, { target: "vlast.kz", asn: 21299 }),
      tally("ok", 1, 1, { region: null }),
      tally("ok", 1, 1, { region: "KZ-71" }),
    );
    expect(found.map(({ target, asn, region }) => `${target} ${asn} ${region}`)).toEqual([
      "orda.kz 9198 KZ-71",
      "orda.kz 9198 KZ-75",
      "orda.kz 9198 null",
      "vlast.kz 21299 KZ-75",
      "vlast.kz 9198 KZ-75",
    ]);
  });
});
