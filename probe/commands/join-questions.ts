import type { Io } from "../../protocol/command-line.ts";
import { CATEGORIES, type Category, type Target } from "../../protocol/target.ts";
import type { Language } from "../config.ts";
import { consentText, meansNo, meansYes } from "../consent/text.ts";
import type { Limits } from "../membership/membership.ts";
import type { Agreed } from "../schedule/plan.ts";
import { parseQuietHours } from "../schedule/quiet-hours.ts";
import { JOIN_WORDS } from "../words/join/words.ts";
import { fill } from "../words/words.ts";

/** What flags have said already; only the rest is asked. */
export type Said = { agreed: Partial<Agreed>; limits: Limits };
export type Chosen = { agreed: Agreed; limits: Limits };

/** Times a question is put again before its usual answer is taken. */
const TRIES = 3;
const DEFAULTS = { risk: 2, dayMb: 600 } as const;

/** What is taken where nobody is asked: what flags said, else the usual, the risky sites off. */
export function withDefaults({ agreed, limits }: Said): Chosen {
  return { agreed: { risk: DEFAULTS.risk, without: [], ...agreed }, limits };
}

/** Asks in plain words for what flags did not say: kinds of sites, data, quiet hours. Enter takes the usual answer. */
export async function askChoices(io: Io, language: Language, targets: readonly Target[], said: Said): Promise<Chosen> {
  const words = JOIN_WORDS[language];
  const put = <T>(question: string, usual: T, read: (answer: string) => T | null) =>
    ask(io, question, words.again, usual, read);
  const yesNo = (answer: string) => (meansYes(answer) ? true : meansNo(answer) ? false : null);
  const { agreed, limits } = said;
  const media = agreed.risk === undefined ? await put(words.media, true, yesNo) : agreed.risk >= 2;
  const risky = agreed.risk === undefined && media ? await put(words.risky, false, yesNo) : agreed.risk === 3;
  const risk = risky ? 3 : media ? 2 : 1;
  const kinds = CATEGORIES.filter((kind) => targets.some((one) => one.category === kind && one.risk <= risk));
  const list = kinds.map((kind, index) => `  ${index + 1}. ${consentText(language).categories[kind]}`).join("\n");
  const without = agreed.without ?? (await put(fill(words.without, { list }), [], (answer) => pick(answer, kinds)));
  const metered = limits.metered ?? (await put(words.metered, false, yesNo));
  const dayMb =
    limits.dayMb ?? (await put<number | undefined>(fill(words.day, { usual: DEFAULTS.dayMb }), undefined, megabytes));
  const monthMb = limits.monthMb ?? (await put<number | undefined>(words.month, undefined, megabytes));
  const quiet =
    limits.quiet ??
    (await put<string | undefined>(words.quiet, undefined, (answer) =>
      parseQuietHours(answer) ? answer.trim() : null,
    ));
  return {
    agreed: { ...agreed, risk, without },
    limits: { metered, ...(dayMb && { dayMb }), ...(monthMb && { monthMb }), ...(quiet && { quiet }) },
  };
}

async function ask<T>(io: Io, question: string, again: string, usual: T, read: (answer: string) => T | null) {
  for (let count = 0; count < TRIES; count++) {
    const answer = (await io.ask(`${count === 0 ? "" : `${again}\n`}${question}`))?.trim() ?? "";
    if (answer === "") return usual;
    const value = read(answer);
    if (value !== null) return value;
  }
  return usual;
}

function pick(answer: string, kinds: readonly Category[]): Category[] | null {
  const numbers = answer.split(/[\s,;]+/).map(Number);
  const picked = numbers.map((number) => kinds[number - 1]);
  return picked.every((kind) => kind !== undefined) ? picked : null;
}

function megabytes(answer: string): number | null {
  const value = Number(answer.replace(",", "."));
  return value > 0 && value <= 1e6 ? value : null;
}
