import { en } from "./words-en.ts";
import { kk } from "./words-kk.ts";
import { ru } from "./words-ru.ts";

/** What the page says around the findings, which have their own words (collector/verify/words-*). */
export type PageWords = {
  readonly title: string;
  readonly dek: string;
  readonly languages: string;
  readonly bundle: string;
  readonly bundleHint: string;
  readonly key: string;
  readonly keyHint: string;
  readonly more: string;
  readonly kept: string;
  readonly growth: string;
  readonly policy: string;
  readonly replay: string;
  readonly check: string;
  readonly again: string;
  readonly waiting: string;
  readonly working: string;
  readonly noFile: string;
  readonly tooLarge: string;
  readonly unread: string;
  readonly wrong: Readonly<Record<"key" | "policy" | "growth", string>>;
  readonly fault: string;
  readonly result: string;
  readonly groups: Readonly<Record<"fails" | "unjudged" | "holds", string>>;
  readonly calls: string;
  readonly pdf: string;
  readonly trust: string;
  readonly all: string;
};

export const PAGE_WORDS = { kk, ru, en } as const;
