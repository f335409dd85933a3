import { describe, expect, it } from "vitest";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import { okPage, probeOf, T0, tlsDrop } from "./build.ts";
import { measureRounds, run, type Sight, worldOf } from "./world.ts";

const CADENCE = 900_000;
const TARGETS = ["orda.kz", "vlast.kz", "rus.azattyq.org", "canary.example"];
const HONEST = ["A", "B", "C", "D", "E", "F", "G", "H", "I"].map((letter) => probeOf(letter));
const LIAR = probeOf("L");
const CONTROLS = ["X", "Y"].map((letter) => probeOf(letter, { role: "control", region: "DE", asn: 24940 }));
const KNOWLEDGE = knowledgeFrom({
  targets: [{ id: "canary.example", url: "https://canary.example/", hostedIn: "DE", canary: true }],
});
const truth: Sight = ({ probe, target, round }) =>
  target === "orda.kz" && probe.role === "witness" && round >= 20 && round < 35
    ? tlsDrop(`https://${target}/`)
    : okPage(`https://${target}/`);

function story(lie: Sight | null) {
  const probes: ProbeInfo[] = [...HONEST, ...(lie === null ? [] : [LIAR]), ...CONTROLS];
  const world = worldOf(probes);
  const sight: Sight = (seen) => (lie !== null && seen.probe.id === LIAR.id ? lie(seen) : truth(seen));
  measureRounds(world, { probes, targets: TARGETS, from: T0, rounds: 50, cadenceMs: CADENCE, sight });
  return run(world.items, KNOWLEDGE).incidents.map(({ targets, confidence, start, end }) => ({
    targets,
    confidence,
    inside:
      Date.parse(start.earliest) <= T0 + 20 * CADENCE &&
      Date.parse(start.latest) >= T0 + 20 * CADENCE &&
      Date.parse(start.latest) < T0 + 21.2 * CADENCE &&
      Date.parse(end?.latest ?? "") >= T0 + 35 * CADENCE,
  }));
}

describe("one lying probe of ten", () => {
  const honest = story(null);

  it("the story without it is one confirmed block", () => {
    expect(honest).toEqual([{ targets: ["orda.kz"], confidence: "confirmed", inside: true }]);
  });

  it.each([
    ["calls everything blocked", (({ target }) => tlsDrop(`https://${target}/`)) as Sight],
    ["calls everything open", (({ target }) => okPage(`https://${target}/`)) as Sight],
    [
      "calls one site blocked for ever",
      (({ target }) => (target === "vlast.kz" ? tlsDrop : okPage)(`https://${target}/`)) as Sight,
    ],
    [
      "claims the block before it begins and after it ends",
      (({ target }) => (target === "orda.kz" ? tlsDrop : okPage)(`https://${target}/`)) as Sight,
    ],
  ])("that %s changes nothing", (_name, lie) => {
    expect(story(lie)).toEqual(honest);
  });
});
