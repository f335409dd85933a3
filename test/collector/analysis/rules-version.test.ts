import { expect, test } from "vitest";
import { RULES_VERSION } from "../../../collector/analysis/classify.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { blockWorld, cutWorld } from "../replay/archive.ts";
import { run } from "./world.ts";

test("who changes what judging gives raises RULES_VERSION, so that no untouched bundle is called changed", () => {
  const found = [blockWorld(), cutWorld()].map((items) => run(items));
  // When this fails: raise RULES_VERSION, and write down here what it gives now.
  expect({ rules: RULES_VERSION, sha256: sha256Hex(canonicalJson(found)) }).toEqual({
    rules: "4",
    sha256: "f00fd5b12ac6b311f315a894e39c5d232578c02c33471659f6a7bcfb6d5fb57f",
  });
});
