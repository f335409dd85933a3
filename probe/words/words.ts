import type { LinkState } from "../../protocol/records/link.ts";
import type { Language } from "../config.ts";
import { en } from "./en.ts";
import { kk } from "./kk.ts";
import { ru } from "./ru.ts";

/** What the probe's commands say to the volunteer; `{…}` stands for a value. */
export type Words = {
  declined: string;
  joined: string;
  notJoined: string;
  running: string;
  notRunning: string;
  paused: string;
  line: string;
  lineUnknown: string;
  links: Readonly<Record<LinkState, string>>;
  lastRound: string;
  noRound: string;
  waiting: string;
  acknowledged: string;
  neverAcknowledged: string;
  pausedNow: string;
  resumedNow: string;
  left: string;
  leftUndelivered: string;
  wipeQuestion: string;
  wipeCancelled: string;
  wiped: string;
};

const WORDS: Readonly<Record<Language, Words>> = { kk, ru, en };

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}

/** A sentence with its `{name}` places filled. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
