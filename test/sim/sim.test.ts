import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { replayLines } from "../../collector/replay/replay.ts";
import { ArchiveLine } from "../../protocol/archive.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import { textSource } from "../collector/replay/text-source.ts";
import { archiveOf } from "./archive.ts";
import { generate } from "./generate.ts";
import { runScenario } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { BLOCKS } from "./scenarios/blocks.ts";
import { cutMix } from "./scenarios/mixes.ts";

const { knowledge } = loadCatalogue();
const HOUR_MS = 3_600_000;
const urlOf = (target: string) => knowledge.targets.get(target)?.url ?? `https://${target}/`;

/** The first hours of a scenario. */
function opening(scenario: Scenario, hours: number): Scenario {
  return { ...scenario, to: scenario.from + hours * HOUR_MS };
}

function archive(scenario: Scenario, seed: number): string[] {
  return [...archiveOf(scenario, generate(scenario, knowledge.targets, seed), urlOf)];
}

describe("a simulated archive", () => {
  const scenario = opening(cutMix(7), 12);
  const lines = archive(scenario, 1);

  test("is the same for the same seed, and another for another", () => {
    expect(archive(scenario, 1)).toEqual(lines);
    expect(archive(scenario, 2)).not.toEqual(lines);
  });

  test("has lines of the public format only, and chains without a fault that begin at the first entry", () => {
    const byProbe = new Map<string, Entry[]>();
    for (const text of lines) {
      const line = ArchiveLine.parse(JSON.parse(text));
      if (line.type === "entry") byProbe.set(line.entry.probe, [...(byProbe.get(line.entry.probe) ?? []), line.entry]);
    }
    expect(byProbe.size).toBeGreaterThan(10);
    for (const entries of byProbe.values()) expect(followChain(CHAIN_START, entries).fault).toBeNull();
  });

  test("gives the incidents on replay that its items give in memory, in whatever order its lines stand", async () => {
    const { incidents } = runScenario(scenario, knowledge, 1);
    expect(incidents.length).toBeGreaterThan(0);
    const replayed = await replayLines(textSource(lines.toReversed()), { unsigned: true, knowledge });
    expect(replayed.report.refused).toEqual([]);
    expect(canonicalJson(replayed.output.incidents)).toBe(canonicalJson(incidents));
  }, 600_000);
});

test("every treatment of a site is a body that the schema of records takes", () => {
  const scenario = opening(BLOCKS.find(({ name }) => name === "interception-2020-12") ?? cutMix(1), 16);
  const kinds = new Set<string>();
  for (const text of archive(scenario, 3)) {
    const line = ArchiveLine.parse(JSON.parse(text));
    if (line.type === "entry") kinds.add(line.entry.kind);
  }
  expect(kinds).toEqual(new Set(["start", "link", "alive", "web", "stop"]));
});
