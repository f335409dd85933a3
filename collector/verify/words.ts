import type { Language } from "../api/types.ts";
import { translateZip } from "../evidence/zip-problems.ts";
import type { Finding } from "./finding.ts";
import type { VerifyWords } from "./word-list.ts";
import { enVerify } from "./words-en.ts";
import { kkVerify } from "./words-kk.ts";
import { ruVerify } from "./words-ru.ts";

/** Words of the checks by language. */
export const VERIFY_WORDS: Readonly<Record<Language, VerifyWords>> = { kk: kkVerify, ru: ruVerify, en: enVerify };

/** All findings for a person, and the sum of them. */
export function findingsText(findings: readonly Finding[], language: Language): string {
  const { states, verdict } = VERIFY_WORDS[language];
  const lines = findings.flatMap((finding) => [
    `${states[finding.state]}: ${saidOf(finding, language)}`,
    ...aboutOf(finding, language).map((item) => `    ${item}`),
  ]);
  const sum = findings.some(({ state }) => state === "fails") ? verdict.fails : verdict.holds;
  return `${[...lines, "", sum].join("\n")}\n`;
}

/** What a finding is about, item by item, to be shown anywhere; what is wrong with a zip in the reader's language. */
export function aboutOf({ check, about }: Finding, language: Language): string[] {
  const { zip } = VERIFY_WORDS[language];
  return about.map((item) => printable(check === "form" ? translateZip(item, zip) : item));
}

/** The sentence of a finding; a colon only where a list follows. */
export function saidOf({ check, state, about }: Finding, language: Language): string {
  const { checks, absent } = VERIFY_WORDS[language];
  if (state === "unjudged" && about.length === 0 && check in absent) return absent[check as keyof typeof absent];
  const sentence = checks[check][state];
  return about.length === 0 ? sentence.replace(/:$/, ".") : sentence;
}

/** What a file brings must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "?").slice(0, 300);
}
