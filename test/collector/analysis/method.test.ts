import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../../../collector/analysis/rules/table.ts";
import { VERDICT_CODES } from "../../../protocol/verdict.ts";

const METHOD = readFileSync(new URL("../../../docs/method.md", import.meta.url), "utf8");
const LINES = METHOD.split("\n");
/** Rules outside the table: of messengers. */
const SERVICE_RULES = ["endpoint-answers", "service-answers", "service-blocked", "service-not-reached"];
const rowOf = (word: string) =>
  LINES.find((line) => line.startsWith("|") && line.split("|")[1]?.includes(`\`${word}\``));

describe("docs/method.md", () => {
  it.each(VERDICT_CODES)("says what %s means, how it can be wrong and what it cannot show", (code) => {
    expect(rowOf(code)?.split("|").length).toBe(6);
  });

  it.each(RULES.map(({ id, gives }) => [id, gives] as const))(
    "has a row for rule %s, with codes it gives",
    (id, gives) => {
      const said = rowOf(id)?.split("|")[2] ?? "";
      expect(said.split(",").every((code) => gives.some((one) => one === code.trim()))).toBe(true);
    },
  );

  it("has the rules in the order they are asked, and those of messengers", () => {
    const places = RULES.map(({ id }) => LINES.findIndex((line) => line.startsWith(`| \`${id}\``)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const id of SERVICE_RULES) expect(METHOD).toContain(`\`${id}\``);
  });
});
