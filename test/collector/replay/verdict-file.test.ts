import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Judged } from "../../../collector/analysis/types.ts";
import { openVerdictFile } from "../../../collector/replay/verdict-file.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const judged = (seq: number, code: Judged["verdict"]["code"]): Judged => ({
  ...{ probe: "a".repeat(32), seq, target: "orda.kz", asn: 9198, region: "KZ-75", measuredAt: 0 },
  verdict: { code, stage: "none", strength: "weak", rule: "r", rulesVersion: "1", reasons: [] },
});

test("a measurement that was judged again stands in the file once, with its last verdict", async () => {
  const file = openVerdictFile(join(folder.path, "verdicts"));
  file.write([judged(1, "inconclusive"), judged(2, "ok")]);
  file.write([judged(1, "inconclusive"), judged(3, "inconclusive"), judged(1, "tls_drop")]);
  await file.finish();
  file.close();
  const lines = readFileSync(join(folder.path, "verdicts"), "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line)).map(({ seq, code }) => [seq, code])).toEqual([
    [2, "ok"],
    [3, "inconclusive"],
    [1, "tls_drop"],
  ]);
  expect(readdirSync(folder.path)).toEqual(["verdicts"]);
});
