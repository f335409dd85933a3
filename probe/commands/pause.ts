import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { removeFile } from "../data-folder.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { parseDuration, pause } from "../pause.ts";
import { moment } from "../words/moment.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGES = {
  pause: "kuager probe pause [--for 2h] [--json] [--data DIR] [--lang kk|ru|en]",
  resume: "kuager probe resume [--json] [--data DIR] [--lang kk|ru|en]",
} as const;

const HELPS = {
  pause: "Stops measuring and sending until 'kuager probe resume'.\n\n  --for 2h     only so long: 30m, 2h, 1d\n",
  resume: "Ends a pause.\n",
} as const;

const FLAGS = { ...COMMON_FLAGS, json: { type: "boolean" } } as const;

/**
 * `kuager probe pause` and `resume`: a flag in the data folder that the running probe sees within a second, and the next
 * one at its start. Returns 0. Throws `usage`, `config` when this folder has not joined, `cannot_write` or `io`.
 */
export function runPauseCommand(command: "pause" | "resume", argv: readonly string[], io: Io): number {
  const paused = command === "pause";
  const usage = USAGES[command];
  const flags = paused ? { ...FLAGS, for: { type: "string" } as const } : FLAGS;
  const { values } = readArguments(argv, usage, flags);
  if (values.help) {
    io.out(`Usage: ${usage}\n\n${HELPS[command]}`);
    return EXIT.ok;
  }
  const until = "for" in values && values.for !== undefined ? endOf(String(values.for), usage) : null;
  const folder = dataFolder(values.data, io.env);
  if (loadMembership(folder) === null)
    throw new CodedError("config", `This probe has not joined (${folder}). Use: kuager probe join CODE`);
  if (paused) pause(folder, until);
  else removeFile(folder, "paused");
  const language = languageOf(values.lang, io.env, rememberedLanguage(folder));
  io.out(
    values.json ? `${JSON.stringify({ paused, until: utcOrNull(until) })}\n` : `${told(paused, until, language)}\n`,
  );
  return EXIT.ok;
}

function endOf(text: string, usage: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw usageError(`'${text}' is no length of time: take 30m, 2h or 1d`, usage);
  return Date.now() + ms;
}

function told(paused: boolean, until: number | null, language: "kk" | "ru" | "en"): string {
  const words = wordsOf(language);
  if (!paused) return words.resumedNow;
  if (until === null) return words.pausedNow;
  return fill(words.pausedFor, { until: moment(new Date(until).toISOString(), Date.now(), language) });
}

function utcOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
