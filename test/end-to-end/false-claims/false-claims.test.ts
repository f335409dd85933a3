import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBlocking, type Verdict } from "../../../protocol/verdict.ts";
import { ANSWER_CONDITIONS } from "./answers.ts";
import { CERTIFICATE_CONDITIONS } from "./certificates.ts";
import { LINE_CONDITIONS } from "./lines.ts";
import { NAME_CONDITIONS } from "./names.ts";
import { NEAR_CONDITIONS } from "./near.ts";
import { PLAIN_CONDITIONS } from "./plain-http.ts";
import { type Condition, judgeCondition } from "./scene.ts";
import { SITE_CONDITIONS } from "./sites.ts";

const CONDITIONS: readonly Condition[] = [
  ...NAME_CONDITIONS,
  ...CERTIFICATE_CONDITIONS,
  ...ANSWER_CONDITIONS,
  ...PLAIN_CONDITIONS,
  ...LINE_CONDITIONS,
  ...SITE_CONDITIONS,
  ...NEAR_CONDITIONS,
];
/** Worlds at one time: each has its own servers; more would wait for the processor past their deadlines. */
const AT_ONCE = 4;

describe("an innocent condition is accused of nothing", () => {
  const verdicts = new Map<Condition, Verdict>();

  beforeAll(async () => {
    const limit = pLimit(AT_ONCE);
    const judged = CONDITIONS.map((condition) =>
      limit(async () => verdicts.set(condition, await judgeCondition(condition))),
    );
    await Promise.all(judged);
  }, 300_000);

  afterAll(() => {
    const rows = CONDITIONS.map((condition) => {
      const verdict = verdicts.get(condition);
      const got = verdict === undefined ? "-" : `${verdict.code} (${verdict.rule}, ${verdict.strength})`;
      return `${condition.says.padEnd(76)} ${condition.honest.join("|").padEnd(34)} ${got}`;
    });
    console.info([`${"condition".padEnd(76)} ${"honest".padEnd(34)} got`, ...rows].join("\n"));
  });

  it("there are at least 25 of them, each said once", () => {
    expect(new Set(CONDITIONS.map(({ says }) => says)).size).toBe(CONDITIONS.length);
    expect(CONDITIONS.length).toBeGreaterThanOrEqual(25);
  });

  it.each(CONDITIONS)("$says", (condition) => {
    const verdict = verdicts.get(condition);
    expect(verdict && isBlocking(verdict.code), JSON.stringify(verdict)).toBe(false);
    expect(condition.honest, JSON.stringify(verdict)).toContain(verdict?.code);
  });
});
