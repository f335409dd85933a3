import type { ReadLine } from "./entry-line.ts";
import type { LineSource, ReplayLine } from "./source.ts";

/** What is handed on at once is parsed and held at once. */
const TEXTS_AT_ONCE = 128;

/** Lines that are in memory. */
export function textSource(lines: readonly (string | ReadLine)[]): LineSource {
  return {
    batches: async function* () {
      for (let from = 0; from < lines.length; from += TEXTS_AT_ONCE) {
        const some = lines.slice(from, from + TEXTS_AT_ONCE);
        yield some.flatMap((line, at) => lineAt(from + at + 1, line));
      }
    },
  };
}

function lineAt(number: number, line: string | ReadLine): ReplayLine | [] {
  if (typeof line !== "string") return { number, tail: line };
  return line.trim() === "" ? [] : { number, text: line };
}
