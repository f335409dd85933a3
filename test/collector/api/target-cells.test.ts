import { describe, expect, test } from "vitest";
import { targetCells } from "../../../collector/api/target-cells.ts";

describe("cells of targets", () => {
  const row = (probe: string, code: Parameters<typeof targetCells>[0][number]["code"], measured = 1) => ({
    ...{ probe, code, measured, target: "orda.kz", asn: 9198, region: "KZ-75" },
  });

  test("take what most probes found", () => {
    const [cell] = targetCells([row("a", "tls_drop"), row("b", "ok"), row("c", "tls_drop", 5)]);
    expect(cell).toMatchObject({ code: "tls_drop", probes: 3, agreeing: 2, lastAt: "1970-01-01T00:00:00.005Z" });
  });

  test("take the latest where probes disagree evenly", () => {
    expect(targetCells([row("a", "tls_drop", 1), row("b", "ok", 2)])[0]).toMatchObject({ code: "ok", agreeing: 1 });
  });

  test("hear a probe that is offline only where no other speaks", () => {
    expect(targetCells([row("a", "offline", 9), row("b", "offline", 9), row("c", "ok")])[0]).toMatchObject({
      code: "ok",
    });
    expect(targetCells([row("a", "offline")])[0]).toMatchObject({ code: "offline" });
  });
});
