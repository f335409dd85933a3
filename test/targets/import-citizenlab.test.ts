import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importCitizenLab, renderTargets } from "../../targets/import-citizenlab.ts";
import { loadTargetList } from "../../targets/load.ts";

const HEADER = "url,category_code,category_description,date_added,source,notes";
const THREE = [
  HEADER,
  'https://www.example.kz/,NEWS,News Media,2020-01-02,somebody,"a note, with a comma"',
  "http://vpn.example/,ANON,Anonymization and circumvention tools,2021-03-04,somebody,",
  "https://example.org/path/,CULTR,Culture,2014-04-15,somebody,",
].join("\n");

describe("importCitizenLab", () => {
  test("turns rows into targets with category, risk tier and origin, and keeps attribution and licence", () => {
    const { rows, notice, leftOut } = importCitizenLab(THREE);
    expect(rows.map(({ id, category, risk, hostedIn }) => [id, category, risk, hostedIn])).toEqual([
      ["example.kz", "independent-media", 2, "KZ"],
      ["vpn.example", "circumvention", 3, null],
      ["example.org/path", "other", 1, null],
    ]);
    expect(rows[0]?.why).toBe("In the Citizen Lab test list as NEWS (News Media), added 2020-01-02.");
    for (const { source } of rows) expect(source).toContain("CC BY-NC-SA 4.0");
    expect(notice).toContain("https://github.com/citizenlab/test-lists");
    expect(leftOut).toEqual([]);
  });

  test("makes a file that the loader accepts", () => {
    const dir = mkdtempSync(join(tmpdir(), "kuager-import-"));
    try {
      writeFileSync(join(dir, "targets.ndjson"), renderTargets(importCitizenLab(THREE).rows));
      expect(loadTargetList(dir).targets).toHaveLength(3);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test("leaves out, with line and reason, what it cannot or must not take", () => {
    const text = [
      HEADER,
      "https://a.kz/,NEWS,News Media,2020-01-01,x,",
      "http://www.a.kz/,NEWS,News Media,2020-01-01,x,",
      "https://b.kz/,HATE,Hate Speech,2020-01-01,x,",
      "https://dvk.example/,POLR,Political Criticism,2020-01-01,x,",
      "not a url,NEWS,News Media,2020-01-01,x,",
      "https://c.kz/,NEWS",
    ].join("\n");
    const { rows, leftOut } = importCitizenLab(text);
    expect(rows.map(({ id }) => id)).toEqual(["a.kz"]);
    expect(leftOut.map(({ line, why }) => `${line}: ${why}`)).toEqual([
      "3: 'a.kz' is there already",
      "4: category HATE is never measured from volunteers' lines",
      "5: names a movement that a court has banned",
      "6: not an http or https address",
      "7: 2 fields instead of 6",
    ]);
  });

  test("refuses a file with other columns", () => {
    expect(() => importCitizenLab("a,b\n1,2")).toThrow("Line 1: expected the columns url,category_code");
    expect(() => importCitizenLab("")).toThrow("Line 1:");
  });
});
