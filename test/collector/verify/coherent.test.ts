import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { derivedFiles } from "../../../collector/evidence/derived-files.ts";
import { Facts } from "../../../collector/evidence/facts.ts";
import { reportPdf } from "../../../collector/evidence/report/pdf.ts";
import type { CheckName } from "../../../collector/verify/finding.ts";
import { verifyBundle } from "../../../collector/verify/verify-bundle.ts";
import { makeScene, type Scene } from "../evidence/scene.ts";
import { blockWorld } from "../replay/archive.ts";
import { type Bundle, editJson, type Loose, part, put, resigned, text } from "./edits.ts";

let scene: Scene;
let originals: Bundle;
let open: Bundle;
const catalogue = loadCatalogue();

beforeAll(async () => {
  scene = await makeScene({ items: blockWorld() });
  originals = await scene.bundle("--originals");
  open = await scene.bundle();
}, 180_000);
afterAll(() => scene.remove());

const failed = async (files: Bundle) =>
  (
    await verifyBundle(files, {
      key: scene.identity.verifier,
      kept: null,
      growth: null,
      policy: null,
      stamps: null,
      catalogue,
      replay: true,
      writePdf: reportPdf,
    })
  )
    .filter(({ state }) => state === "fails")
    .map(({ check }) => check);

/** What the holder of the key does who lies well: all that follows from incident.json made anew, and all signed again. */
async function rederived(files: Bundle): Promise<Bundle> {
  const facts = Facts.parse(JSON.parse(text(files, "data/incident.json")));
  const { data, tags } = await derivedFiles(facts, reportPdf);
  let made = files;
  for (const [path, bytes] of data) made = put(made, `data/${path}`, Buffer.from(bytes));
  for (const [path, bytes] of tags) made = put(made, path, Buffer.from(bytes));
  return resigned(made, scene.identity);
}

const first = (value: Loose, name: string) => (value[name] as Loose[])[0] ?? {};
const KINDS: readonly [string, CheckName, (facts: Loose) => void][] = [
  [
    "who is responsible made more of",
    "counts",
    (facts) => {
      facts.attribution = "documented";
    },
  ],
  [
    "a longer time told",
    "counts",
    (facts) => {
      part(facts, "lasted").most = { days: 9 };
    },
  ],
  [
    "more interference told of a site",
    "counts",
    (facts) => {
      const row = first(facts, "targets");
      row.interfered = Number(row.interfered) + 1;
      row.measurements = Number(row.measurements) + 1;
    },
  ],
  [
    "interference told to have begun earlier",
    "counts",
    (facts) => {
      first(facts, "targets").first = "2020-01-01T00:00:00.000Z";
    },
  ],
  [
    "a network told to have seen more",
    "counts",
    (facts) => {
      const during = (facts.cells as Loose[]).map((cell) => cell.during as Loose | null).find((one) => one !== null);
      if (during !== undefined && during !== null) during.interfered = Number(during.interfered) + 1000;
    },
  ],
  [
    "more witnesses told",
    "replay",
    (facts) => {
      part(facts, "incident").witnesses = 40;
    },
  ],
  [
    "another site told",
    "replay",
    (facts) => {
      part(facts, "incident").targets = ["vlast.kz"];
    },
  ],
  [
    "an explanation told to be refuted",
    "replay",
    (facts) => {
      for (const cause of part(facts, "incident").causes as Loose[]) cause.verdict = "contradicted";
    },
  ],
  [
    "another confidence told, in the replay too",
    "replay",
    (facts) => {
      for (const incident of [part(facts, "incident"), ...(part(facts, "replay").incidents as Loose[])])
        incident.confidence = "observed";
    },
  ],
  [
    "fewer records left out told",
    "counts",
    (facts) => {
      part(facts, "counts").excluded = 99;
    },
  ],
];

test("a bundle of a block passes in both editions, and made again under its key", async () => {
  expect(await failed(originals)).toEqual([]);
  expect(await failed(open)).toEqual([]);
  expect(await failed(await rederived(originals))).toEqual([]);
  const facts = Facts.parse(JSON.parse(text(originals, "data/incident.json")));
  expect(facts.incident).toMatchObject({ kind: "block", targets: ["orda.kz"] });
  expect(facts.targets[0]?.interfered).toBeGreaterThan(20);
});

describe("a lie in incident.json that reports and tables repeat, signed by the log's own key, is caught by", () => {
  test.each(KINDS)("%s: %s", async (_, name, change) => {
    expect(await failed(await rederived(editJson(originals, "data/incident.json", change)))).toContain(name);
  });
});

test("of the public edition, counts that its lists do not bear out are caught as well", async () => {
  const change = KINDS.find(([name]) => name === "more interference told of a site")?.[2] ?? (() => undefined);
  expect(await failed(await rederived(editJson(open, "data/incident.json", change)))).toContain("counts");
});
