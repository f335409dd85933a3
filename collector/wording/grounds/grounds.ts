import type { Ground, Told } from "../../../protocol/incident.ts";
import type { Language } from "../../api/types.ts";
import type { MarkedText } from "../marked.ts";
import {
  COUNTED_GROUNDS,
  type CountedGround,
  type CountsOf,
  JOURNAL_DEGREES,
  type JournalDegree,
  type OpenGround,
  PLAIN_GROUNDS,
  type PlainGround,
} from "./codes.ts";
import type { GroundWords } from "./ground-words.ts";
import { enGrounds } from "./grounds-en.ts";
import { kkGrounds } from "./grounds-kk.ts";
import { ruGrounds } from "./grounds-ru.ts";

/** What every language says of grounds. */
export const GROUND_WORDS: Readonly<Record<Language, GroundWords>> = { kk: kkGrounds, ru: ruGrounds, en: enGrounds };

/** A ground as the analysis names it: its code, and what was counted where it counts. */
export type GroundSaid =
  | PlainGround
  | {
      readonly [Code in CountedGround]: {
        readonly code: Code;
        readonly counts: Readonly<Record<CountsOf<Code>, Told>>;
      };
    }[CountedGround]
  | { readonly code: OpenGround; readonly counts?: Readonly<Partial<Record<JournalDegree, number>>> };

/** The grounds of a cause in a language. What is known as English alone (records of before codes) is marked as such. */
export function groundTexts(
  language: Language,
  {
    because,
    evidence = [],
  }: { readonly because: readonly string[]; readonly evidence?: readonly Ground[] | undefined },
): MarkedText[] {
  return because.map((english, at) => {
    const ground = evidence[at] ?? groundOf(english);
    const text = ground === null ? null : groundText(language, ground);
    return text ?? (language === "en" ? english : { text: english, lang: "en" });
  });
}

/** A ground in a language, after the log-odds that it adds; null where its code or its counts are not known here. */
export function groundText(language: Language, { code, score, counts = {} }: Ground): string | null {
  const said = sentenceOf(GROUND_WORDS[language], code, counts);
  return said === null || score === undefined ? said : `${signed(score)}: ${said}`;
}

const NOUGHT: Readonly<Record<CountsOf<CountedGround>, number>> = {
  ...{ probes: 0, looks: 0, without: 0, controls: 0, networks: 0 },
  ...{ owners: 0, regions: 0, others: 0, hops: 0 },
};

function sentenceOf(words: GroundWords, code: string, counts: Readonly<Record<string, Told>>): string | null {
  if (isPlain(code)) return words.plain[code];
  if (isOpen(code)) return openSentence(words, code, counts);
  if (!isCounted(code) || COUNTED_GROUNDS[code].some((name) => counts[name] === undefined)) return null;
  return words.counted[code]({ ...NOUGHT, ...counts });
}

/** What stayed open, and how many journals say which degree of loss. */
function openSentence(words: GroundWords, code: OpenGround, counts: Readonly<Record<string, Told>>): string {
  const list = JOURNAL_DEGREES.flatMap((degree) => {
    const count = counts[degree];
    return typeof count === "number" ? [`${words.degree[degree]} ${count}`] : [];
  });
  return list.length === 0 ? words.open[code] : `${words.open[code]} ${words.journals(list.join(", "))}`;
}

const SCORED = /^([+-]?\d+(?:\.\d+)?): (.+)$/;
const PLAIN_BY_ENGLISH: ReadonlyMap<string, PlainGround> = new Map(
  PLAIN_GROUNDS.map((code) => [enGrounds.plain[code], code]),
);

/** The ground that an English sentence without counts was made from; null where it is none. */
function groundOf(english: string): Ground | null {
  const [, score, sentence] = SCORED.exec(english) ?? [undefined, undefined, english];
  const code = PLAIN_BY_ENGLISH.get(sentence ?? "");
  if (code === undefined) return null;
  return score === undefined ? { code } : { code, score: Number(score) };
}

function isPlain(code: string): code is PlainGround {
  return Object.hasOwn(enGrounds.plain, code);
}

function isOpen(code: string): code is OpenGround {
  return Object.hasOwn(enGrounds.open, code);
}

function isCounted(code: string): code is CountedGround {
  return Object.hasOwn(COUNTED_GROUNDS, code);
}

function signed(score: number): string {
  return score > 0 ? `+${score}` : String(score);
}
