import type { Language } from "../config.ts";
import type { RunWords } from "../words/run/vocabulary.ts";
import { RUN_WORDS } from "../words/run/words.ts";
import { fill, wordsOf } from "../words/words.ts";

/** A line of the log, as pino writes it. */
export type LogLine = Readonly<Record<string, unknown>> & { level: number; msg?: string };

const WARN = 40;
const ERROR = 50;

/** Lines of the log that are told in words, by their message (or how it ends); every other is for technicians. */
export const TOLD: Readonly<Record<string, (line: LogLine, words: RunWords, language: Language) => string | null>> = {
  "the line": (line, words, language) => stateText(line.state, words, language),
  "the line has changed": changeText,
  "rounds begin": ({ roundS }, { rounds }) => fill(rounds, { minutes: Math.max(1, Math.round(Number(roundS) / 60)) }),
  round: (line, words) => (Number(line.planned) > 0 ? fill(words.round, numbers(line)) : null),
  "the way to the collector": ({ ok }, { reached, notReached }) => (ok === true ? reached : notReached),
  "the collector refused": ({ code }, { refused }) => fill(refused, { code: String(code) }),
  "the probe stops": ({ end }, words) =>
    end === "paused" ? words.paused : end === "left" ? words.left : words.stopped,
  "entries wait for the next run": ({ waiting }, { waits }) => fill(waits, { waiting: Number(waiting) }),
  "a page on this computer shows how the probe stands": ({ page }, words) => fill(words.page, { page: String(page) }),
  "messengers and speed are left out: the text agreed to at joining did not tell of them": (_, words) => words.noExtras,
  "the disk takes nothing: recording goes on in memory, within bounds": (_, words) => words.diskNone,
  "the disk takes entries again": (_, words) => words.diskAgain,
  "the journal is full of undelivered entries: ordinary measurements are no longer kept": (_, words) => words.full,
  "the journal cannot be gone on with: set aside, a new key goes on": (_, words) => words.setAside,
  "saved from the journal that was set aside": ({ entries }, { saved }) => fill(saved, { entries: Number(entries) }),
  "the measuring process died": (_, words) => words.brokeOff,
  "no heartbeats over DNS: the collector is reached by a proxy, and the resolver would learn of it": (_, words) =>
    words.noHiddenBeats,
};

/**
 * What a line of the log says to a volunteer, after the time of day; null for what is of no concern to one. Warnings and
 * faults that have no words of their own are told with their English ones. Pure.
 */
export function tellLine(line: LogLine, language: Language, now: Date): string | null {
  const words = RUN_WORDS[language];
  const message = line.msg ?? "";
  const own = TOLD[message];
  const other =
    line.level >= ERROR
      ? fill(words.fault, { text: message })
      : line.level >= WARN
        ? fill(words.look, { text: message })
        : null;
  const text = own === undefined ? other : own(line, words, language);
  return text === null ? null : `${timeOf(now)} ${text}`;
}

function changeText({ of, to }: LogLine, words: RunWords, language: Language): string | null {
  if (of === "state") return stateText(to, words, language);
  if (of === "vpn") return to === "yes" ? words.vpnOn : words.vpnOff;
  if (of !== "condition") return null;
  return Object.entries(words.conditions).find(([name]) => name === to)?.[1] ?? null;
}

function stateText(state: unknown, { line }: RunWords, language: Language): string | null {
  const name = Object.entries(wordsOf(language).links).find(([one]) => one === state)?.[1];
  return name === undefined ? null : fill(line, { state: name });
}

function numbers({ measured, anomalies }: LogLine) {
  return { measured: Number(measured), anomalies: Number(anomalies) };
}

function timeOf(now: Date): string {
  return `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}
