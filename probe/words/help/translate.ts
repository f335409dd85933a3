import type { HelpWords } from "./vocabulary.ts";

const LABORATORY = "For laboratories:";

/**
 * A command's English help in another language: the line of usage and the flags as they are, their words put in place
 * of the English ones. What has no words there stays English, so that no flag is ever missing. Pure.
 */
export function translateHelp(english: string, command: string, words: HelpWords): string {
  const help = words.commands[command];
  if (help === undefined) return english;
  const [plain = "", laboratory] = english.split(`\n${LABORATORY}`);
  const lines = plain.trimEnd().split("\n");
  const usage = (lines[0] ?? "").replace(/^Usage:/, `${words.usage}:`);
  const options = optionsOf(lines.slice(1)).map(({ left, right }) => {
    const told = help.flags[left.split(/[ ,]/)[0] ?? ""];
    return told === undefined ? [`  ${left}`, ...right.map((one) => `      ${one}`)] : [`  ${left}`, ...wrap(told)];
  });
  const tail = laboratory === undefined ? [] : ["", `${LABORATORY}${laboratory.trimEnd()}`];
  const list = options.length === 0 ? [] : ["", ...options.flat()];
  return [usage, "", help.intro, ...list, ...tail, ""].join("\n");
}

/** The lines that name an option, each with what is said of it, over as many lines as it takes. */
function optionsOf(lines: readonly string[]): { left: string; right: string[] }[] {
  const found: { left: string; right: string[] }[] = [];
  for (const line of lines) {
    const [, left, right] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const more = /^ {6,}(\S.*)$/.exec(line)?.[1];
    if (more !== undefined) found.at(-1)?.right.push(more);
    else if (left !== undefined) found.push({ left, right: right === undefined ? [] : [right] });
  }
  return found;
}

const WIDTH = 100;

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > WIDTH) lines.push(`      ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
