import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { CodedError } from "../protocol/coded-error.ts";
import type { Io } from "../protocol/command-line.ts";

export type Language = "kk" | "ru" | "en";

/** Flags that every command of the probe knows. */
export const COMMON_FLAGS = {
  data: { type: "string" },
  lang: { type: "string" },
  /** Read in cli.ts, before the command. */
  "passphrase-file": { type: "string" },
  help: { type: "boolean" },
} as const;

/** The data folder: `--data`, else KUAGER_DATA, else under the user's home. */
export function dataFolder(flag: string | undefined, env: Io["env"]): string {
  const given = flag ?? env.KUAGER_DATA;
  if (given !== undefined && given !== "") return resolve(given);
  return join(env.XDG_DATA_HOME || join(env.HOME || homedir(), ".local", "share"), "kuager", "probe");
}

/**
 * The language of words for people: `--lang`, else KUAGER_LANG, else the one in which consent was given (`remembered`),
 * else the system's, else English. Throws `usage`.
 */
export function languageOf(flag: string | undefined, env: Io["env"], remembered?: Language): Language {
  if (flag !== undefined) {
    if (isLanguage(flag)) return flag;
    throw new CodedError("usage", `'${flag}' is not a language of ours. Take --lang kk, ru or en.`);
  }
  const system = [env.KUAGER_LANG, remembered, env.LC_ALL, env.LC_MESSAGES, env.LANG]
    .map((value) => value?.slice(0, 2).toLowerCase())
    .find((value) => value !== undefined && isLanguage(value));
  return system !== undefined && isLanguage(system) ? system : "en";
}

function isLanguage(text: string): text is Language {
  return text === "kk" || text === "ru" || text === "en";
}

/** Log level: KUAGER_LOG, or `info`. */
export function logLevel(env: Io["env"]): string {
  const level = env.KUAGER_LOG ?? "info";
  if (["error", "warn", "info", "debug", "silent"].includes(level)) return level;
  throw new CodedError("config", `KUAGER_LOG is '${level}'. Take error, warn, info, debug or silent.`);
}

/** PEM texts of the files named by `--ca`. Throws `bad_input` for a file that cannot be read or holds no certificate. */
export function readCertificates(paths: readonly string[] = []): string[] {
  return paths.map((path) => {
    const text = readOrNull(path);
    if (text?.includes("-----BEGIN CERTIFICATE-----")) return text;
    throw new CodedError("bad_input", `${path} is no file of certificates in PEM form.`);
  });
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** A positive number from a flag or variable. Throws `usage` naming it. */
export function positiveNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new CodedError("usage", `${name} is '${text}', not a number above zero.`);
}
