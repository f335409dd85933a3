import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { derivedFiles } from "../../../collector/evidence/derived-files.ts";
import { Facts } from "../../../collector/evidence/facts.ts";
import { RENDERING } from "../../../collector/evidence/rendering.ts";
import { reportPdf } from "../../../collector/evidence/report/pdf.ts";
import { sha256Hex } from "../../../protocol/hash.ts";

/** Facts in which every section has something to tell; bundles made from them by a program of this rendering are these bytes. */
const facts = Facts.parse(JSON.parse(readFileSync(new URL("rendering.facts.json", import.meta.url), "utf8")));

test("who changes what follows from incident.json raises RENDERING, so that no untouched bundle is called changed", async () => {
  const { data, tags } = await derivedFiles(facts, reportPdf);
  const hashes = [...data, ...tags].map(([path, bytes]) => `${sha256Hex(bytes)}  ${path}\n`).sort();
  // When this fails: raise RENDERING, and write down here what it gives now.
  expect({ rendering: RENDERING, sha256: sha256Hex(hashes.join("")) }).toEqual({
    rendering: 2,
    sha256: "ae63b6ab0efdb36aa5820232cae27cbcd9348bc858fc7472790e6109479d618e",
  });
});

test("no file depends on how a library of this machine packs bytes", async () => {
  for (const [path, bytes] of (await derivedFiles(facts, reportPdf)).data)
    expect(Buffer.from(bytes).toString("latin1"), path).not.toMatch(/FlateDecode/);
});
