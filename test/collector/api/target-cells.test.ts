import { describe, expect, test } from "vitest";
import { targetCells } from "../../../collector/api/target-cells.ts";
import type { LatestRow } from "../../../collector/store/store.ts";

describe("cells of targets", () => {
  const row = (probe: string, code: LatestRow["code"], measured = 1, other: Partial<LatestRow> = {}): LatestRow => ({
    ...{ probe, code, measured, target: "orda.kz", asn: 9198, region: "KZ-75" },
    ...other,
  });
  const cells = (...rows: LatestRow[]) => targetCells(rows, () => "KZ-75");

  test("take what most probes found", () => {
    const [cell] = cells(row("a", "tls_drop"), row("b", "ok"), row("c", "tls_drop", 5));
    expect(cell).toMatchObject({ code: "tls_drop", probes: 3, agreeing: 2, lastAt: "1970-01-01T00:00:00.005Z" });
  });

  test("take the latest where probes disagree evenly", () => {
    expect(cells(row("a", "tls_drop", 1), row("b", "ok", 2))[0]).toMatchObject({ code: "ok", agreeing: 1 });
  });

  test("hear a probe that is offline only where no other speaks", () => {
    expect(cells(row("a", "offline", 9), row("b", "offline", 9), row("c", "ok"))[0]).toMatchObject({ code: "ok" });
    expect(cells(row("a", "offline"))[0]).toMatchObject({ code: "offline" });
  });

  test("stand by target, network and region, in that order, and leave out probes that have no place", () => {
    const regions: Record<string, string | null> = { a: "KZ-75", b: null, c: "KZ-71" };
    const found = targetCells(
      [
        row("c", "ok", 1, { target: "vlast.kz" }),
        row("gone", "ok"),
        row("c", "ok"),
        row("a", "ok"),
        // The probe moved to another network between two targets.
        row("a", "ok", 1, { target: "vlast.kz", asn: 21299 }),
        row("b", "ok"),
      ],
      (probe) => regions[probe],
    );
    expect(found.map(({ target, asn, region }) => `${target} ${asn} ${region}`)).toEqual([
      "orda.kz 9198 KZ-71",
      "orda.kz 9198 KZ-75",
      "orda.kz 9198 null",
      "vlast.kz 21299 KZ-75",
      "vlast.kz 9198 KZ-71",
    ]);
  });
});
