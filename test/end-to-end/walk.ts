import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { consentText } from "../../probe/consent/text.ts";
import { RUN_WORDS } from "../../probe/words/run/words.ts";
import { wordsOf } from "../../probe/words/words.ts";
import { KUAGER } from "./processes.ts";

export const SCRIPT = existsSync("/usr/bin/script") ? "/usr/bin/script" : null;

/**
 * Runs `kuager …` on a terminal of its own (script of util-linux makes one) and types one answer to each question.
 * Returns its exit code and all that the terminal showed, what was typed among it. Fails after `timeoutMs`.
 */
export async function onTerminal(args: readonly string[], answers: readonly string[], timeoutMs = 60_000) {
  const quoted = [process.execPath, KUAGER, ...args].map((word) => `'${word.replace(/'/g, "'\\''")}'`).join(" ");
  const child = spawn(SCRIPT ?? "script", ["-q", "-e", "-c", quoted, "/dev/null"], {
    env: { ...process.env, TERM: "dumb", LANG: "C.UTF-8", NODE_EXTRA_CA_CERTS: "", TZ: atNoon() },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const left = [...answers];
  let shown = "";
  let answeredTo = 0;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (part: string) => {
    shown += part;
    // A question ends without an end of line; what was typed since belongs to the one before.
    if (!/[\]):] $/.test(shown.slice(answeredTo)) || left.length === 0) return;
    answeredTo = shown.length;
    child.stdin.write(`${left.shift()}\n`);
  });
  const [code] = await once(child, "close");
  return { code: code as number | null, text: shown.replace(/\r/g, ""), unasked: left };
}

/** A time zone in which it is about noon, so that no quiet hours of a night are now. */
function atNoon(): string {
  const behind = new Date().getUTCHours() - 12;
  return `Etc/GMT${behind < 0 ? behind : `+${behind}`}`;
}

/** The line is looked at while the server is called: which is told first is chance. */
function inOrder(lines: readonly string[], language: "kk" | "ru" | "en"): string[] {
  const { reached, line, round, stopped } = RUN_WORDS[language];
  const begins = [reached, line, round, stopped].map((text) => text.split("{")[0] ?? "");
  const rank = (text: string) => begins.findIndex((begin) => text.slice("09:05 ".length).startsWith(begin));
  const told = lines.filter((text) => rank(text) >= 0).sort((a, b) => rank(a) - rank(b));
  return lines.map((text) => (rank(text) < 0 ? text : (told.shift() ?? text)));
}

/** Takes out of a transcript what is another each time or long: ids, ports, folders, times, the list of sites. */
export function settled(text: string, language: "kk" | "ru" | "en", folder: string): string {
  const { title } = consentText(language).sites;
  const { links } = wordsOf(language);
  const state = new RegExp(Object.values(links).join("|"), "g");
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.startsWith(title));
  const to = lines.findIndex((line, index) => index > from && line === "");
  const short = from < 0 ? lines : [...lines.slice(0, from + 1), "  …", ...lines.slice(to)];
  return inOrder(short, language)
    .filter((line) => !/^ {2}([4-9]|\d\d)\. /.test(line))
    .map((line) => (/^ {2}3\. /.test(line) ? `${line}\n  …` : line))
    .join("\n")
    .replace(state, links.international)
    .replaceAll(folder, "/home/user")
    .replace(/127\.0\.0\.1:\d+/g, "collector.example")
    .replace(/\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4})+/g, "7KQ2-M9XD-04TB-PZ5H")
    .replace(/\b[0-9a-f]{32}\b/g, "75df…")
    .replace(/^\d\d:\d\d /gm, "09:05 ")
    .replace(/[^,:;\n]*\(\d{4}-\d\d-\d\d \d\d:\d\d [^)]*\)/g, " …")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "2026-11-25T08:00:00.000Z");
}
