import { describe, expect, it } from "vitest";
import { Incident } from "../../../protocol/incident.ts";
import { okPage, probeOf, T0, tlsDrop } from "./build.ts";
import { measureRounds, run, type Sight, worldOf } from "./world.ts";

const MINUTE = 60_000;
const TARGETS = ["orda.kz", "vlast.kz", "rus.azattyq.org", "wikipedia.org"];
const WITNESSES = ["A", "B", "C"].map((letter) => probeOf(letter));
const CONTROLS = ["X", "Y"].map((letter) => probeOf(letter, { role: "control", region: "DE", asn: 24940 }));
const fine: Sight = ({ target }) => okPage(`https://${target}/`);

describe("blocks that nobody watches any more", () => {
  const DAY = 86_400_000;
  const cadenceMs = 15 * MINUTE;
  const probes = [...WITNESSES, ...CONTROLS];
  const hides: Sight = (seen) =>
    seen.target === "orda.kz" && seen.probe.role === "witness" ? tlsDrop(`https://${seen.target}/`) : fine(seen);
  const others = TARGETS.filter((target) => target !== "orda.kz");

  /** Measured for ten hours, then not, then again from a later hour if that is given. */
  function watched(againAfterMs: number | null, then: Sight = hides, rounds = 240) {
    const world = worldOf(probes);
    measureRounds(world, { probes, targets: TARGETS, from: T0, rounds: 40, cadenceMs, sight: hides });
    measureRounds(world, { probes, targets: others, from: T0 + 40 * cadenceMs, rounds, cadenceMs, sight: fine });
    if (againAfterMs !== null)
      measureRounds(world, {
        probes,
        targets: ["orda.kz"],
        from: T0 + againAfterMs,
        rounds: 40,
        cadenceMs,
        sight: then,
      });
    return run(world.items).incidents;
  }

  it("end with their last sighting, and say that the end is not known", () => {
    const [incident] = watched(null);
    expect(Incident.safeParse(incident).success).toBe(true);
    expect(incident).toMatchObject({ endUnknown: true, targets: ["orda.kz"] });
    const last = T0 + 40 * cadenceMs;
    expect(Date.parse(incident?.end?.latest ?? "")).toBeGreaterThan(last - 2 * cadenceMs);
    expect(Date.parse(incident?.end?.latest ?? "")).toBeLessThanOrEqual(last);
  });

  it("go on as the same incident when somebody looks again and it is still blocked", () => {
    const incidents = watched(2 * DAY);
    expect(incidents).toMatchObject([{ end: null, targets: ["orda.kz"] }]);
    expect(incidents[0]).not.toHaveProperty("endUnknown");
  });

  it("end between the last sighting and the first open look when it is open by then", () => {
    const incidents = watched(2 * DAY, fine);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).not.toHaveProperty("endUnknown");
    expect(Date.parse(incidents[0]?.end?.earliest ?? "")).toBeLessThan(T0 + 11 * 60 * MINUTE);
    expect(Date.parse(incidents[0]?.end?.latest ?? "")).toBeGreaterThanOrEqual(T0 + 2 * DAY);
  });

  it("are not closed by a quiet night", () => {
    const incidents = watched(18 * 60 * MINUTE, hides, 72);
    expect(incidents).toMatchObject([{ end: null }]);
  });
});
