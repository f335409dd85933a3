import { afterAll, beforeAll, expect, test } from "vitest";
import { type Knowledge, knowledgeHash } from "../../../collector/analysis/knowledge.ts";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { reportPdf } from "../../../collector/evidence/report/pdf.ts";
import type { CheckName } from "../../../collector/verify/finding.ts";
import { verifyBundle } from "../../../collector/verify/verify-bundle.ts";
import { makeScene, type Scene } from "../evidence/scene.ts";
import { blockWorld } from "../replay/archive.ts";
import { type Bundle, editJson, type Loose, part, put, resigned, text } from "./edits.ts";

let scene: Scene;
let originals: Bundle;
const catalogue = loadCatalogue();

beforeAll(async () => {
  scene = await makeScene({ items: blockWorld() });
  originals = await scene.bundle("--originals");
}, 180_000);
afterAll(() => scene.remove());

async function statesOf(files: Bundle, knowledge: Knowledge = catalogue.knowledge) {
  const found = await verifyBundle(files, {
    ...{ key: scene.identity.verifier, kept: null, growth: null, policy: null, stamps: null },
    ...{ catalogue: { ...catalogue, knowledge }, replay: true, writePdf: reportPdf },
  });
  const failed = found.filter(({ state }) => state === "fails").map(({ check }) => check);
  return { failed, of: (check: CheckName) => found.find((one) => one.check === check) };
}

/** So much evidence no block brings. The cast is sound: it is a number as well. */
const NEVER = 1e6 as 14 & 18;
const deaf: Knowledge = {
  ...catalogue.knowledge,
  settings: { ...catalogue.knowledge.settings, thresholdFewProbes: NEVER, thresholdManyProbes: NEVER },
};

test("an untouched bundle that was judged with other lists is not called changed: that cannot be judged", async () => {
  const mine = await statesOf(originals);
  expect([mine.failed, mine.of("replay")?.state, mine.of("verdicts")?.state]).toEqual([[], "holds", "holds"]);
  const other = await statesOf(originals, deaf);
  expect(other.failed).toEqual([]);
  expect(other.of("replay")).toEqual({
    ...{ check: "replay", state: "unjudged" },
    about: [knowledgeHash(catalogue.knowledge), knowledgeHash(deaf)],
  });
});

test("lists that give the same are as good, whatever else stands in them", async () => {
  const more = new Map(catalogue.knowledge.targets).set("else.example", {
    url: "https://else.example/",
    hostedIn: null,
  });
  const other = await statesOf(originals, { ...catalogue.knowledge, targets: more });
  expect([other.failed, other.of("replay")?.state]).toEqual([[], "holds"]);
});

test.each<[string, (facts: Loose) => void]>([
  [
    "an incident that is not among those it tells of",
    (facts) => {
      part(facts, "incident").witnesses = 40;
    },
  ],
  [
    "a result that is told to be another",
    (facts) => {
      part(facts, "replay").same = false;
    },
  ],
  [
    "no result at all",
    (facts) => {
      facts.replay = null;
    },
  ],
])("with other lists as well, incident.json is wrong that tells %s", async (_, change) => {
  const edited = resigned(editJson(originals, "data/incident.json", change), scene.identity);
  expect((await statesOf(edited, deaf)).failed).toContain("replay");
});

test("reports of another rendering cannot be judged; those of this one must be the same bytes", async () => {
  const report = "data/report.en.html";
  const older = put(originals, report, text(originals, report).replace("<h1>", "<h1> "));
  expect((await statesOf(resigned(older, scene.identity))).of("derived")?.state).toBe("fails");
  const told = editJson(older, "data/incident.json", (facts) => {
    part(facts, "bundle").rendering = 1;
  });
  expect((await statesOf(resigned(told, scene.identity))).of("derived")).toEqual({
    ...{ check: "derived", state: "unjudged" },
    about: ["kuager/0.1.0, 1", "kuager/0.1.0, 2"],
  });
});
