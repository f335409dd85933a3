import type { Tail } from "./entry-line.ts";
import type { LineSource, ReplayLine } from "./source.ts";

/** What is handed on at once is parsed and held at once. */
const TEXTS_AT_ONCE = 128;

/** Lines that are in memory; with what was read of each before, by its place. */
export function textSource(texts: readonly string[], tailOf: (at: number) => Tail | null = () => null): LineSource {
  const lineAt = (at: number, text: string): ReplayLine => {
    const tail = tailOf(at);
    return tail === null ? { number: at + 1, text } : { number: at + 1, text, tail };
  };
  return {
    batches: async function* () {
      for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
        const some = texts.slice(from, from + TEXTS_AT_ONCE);
        yield some.flatMap((text, at) => (text.trim() === "" ? [] : [lineAt(from + at, text)]));
      }
    },
  };
}
