import type { Language } from "../api/types.ts";
import type { CheckName, Finding } from "./finding.ts";
import { enVerify } from "./words-en.ts";
import { kkVerify } from "./words-kk.ts";
import { ruVerify } from "./words-ru.ts";

type Said = Readonly<Record<Finding["state"], string>>;
/** What is said of each check in one language. */
export type VerifyWords = {
  readonly states: Said;
  readonly verdict: Readonly<Record<"holds" | "fails", string>>;
  readonly checks: Readonly<Record<CheckName, Said>>;
};

const WORDS: Readonly<Record<Language, VerifyWords>> = { kk: kkVerify, ru: ruVerify, en: enVerify };

/** All findings for a person, and the sum of them. */
export function findingsText(findings: readonly Finding[], language: Language): string {
  const { states, verdict, checks } = WORDS[language];
  const lines = findings.flatMap(({ check, state, about }) => [
    `${states[state]}: ${checks[check][state]}`,
    ...about.map((item) => `    ${printable(item)}`),
  ]);
  const sum = findings.some(({ state }) => state === "fails") ? verdict.fails : verdict.holds;
  return `${[...lines, "", sum].join("\n")}\n`;
}

/** What a file brings must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "?").slice(0, 300);
}
