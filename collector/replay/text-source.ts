import type { ReadLine } from "./entry-line.ts";
import type { LineSource, ReplayLine } from "./source.ts";

/** What is handed on at once is parsed and held at once. */
const TEXTS_AT_ONCE = 128;

/** So many lines, each made when it is asked for. */
export function sourceOf(count: number, lineAt: (place: number) => string | ReadLine): LineSource {
  return {
    batches: async function* () {
      for (let from = 0; from < count; from += TEXTS_AT_ONCE) {
        const some: ReplayLine[] = [];
        for (let place = from; place < Math.min(count, from + TEXTS_AT_ONCE); place++) {
          const line = lineAt(place);
          if (typeof line !== "string") some.push({ number: place + 1, entry: line });
          else if (line.trim() !== "") some.push({ number: place + 1, text: line });
        }
        yield some;
      }
    },
  };
}
