import { type Logger, pino } from "pino";
import type { Io } from "../../protocol/command-line.ts";
import { utc } from "../clock.ts";
import { RUN_WORDS } from "../words/run/words.ts";
import type { RunSettings } from "./settings.ts";
import { type LogLine, tellLine } from "./tell.ts";

/**
 * The log of a running probe, on standard error: plain lines in the volunteer's language where somebody sits at a
 * terminal, else (also with --log-json, or where KUAGER_LOG asks for a level) lines of JSON.
 */
export function createLog({ logJson, logLevel, language }: RunSettings, io: Io): Logger {
  const isPlain = io.isTerminal === true && !logJson;
  const options = { level: isPlain ? "debug" : logLevel, base: null, timestamp: () => `,"time":"${utc(Date.now())}"` };
  if (!isPlain) return pino(options, { write: io.err }).child({ program: "probe" });
  io.err(`${RUN_WORDS[language].started}\n`);
  const write = (text: string) => {
    // pino's own line, written a moment ago.
    const told = tellLine(JSON.parse(text) as LogLine, language, new Date());
    if (told !== null) io.err(`${told}\n`);
  };
  return pino(options, { write });
}

/** A log that nobody reads. With a place to write to, or pino would open the standard output. */
export function silentLog(): Logger {
  return pino({ level: "silent" }, { write: () => {} });
}
