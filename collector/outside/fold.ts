import type { Window } from "../store/store.ts";
import { utc } from "../time.ts";
import type { OutsideBucket } from "./types.ts";

export type Values = { readonly values: readonly (number | null)[]; readonly from: number; readonly stepMs: number };

/**
 * Smallest and largest value in each of at most `count` equal parts of a window. A value stands for its whole step; a
 * part without any is null: averages would let a short cut vanish, and filling would invent.
 */
export function foldValues({ values, from, stepMs }: Values, window: Window, count: number): OutsideBucket[] {
  const lengthMs = window.to - window.from;
  const parts = Math.max(1, Math.min(count, Math.ceil(lengthMs / stepMs)));
  return Array.from({ length: parts }, (_, part) => {
    const begin = Math.round(window.from + (lengthMs * part) / parts);
    const end = Math.round(window.from + (lengthMs * (part + 1)) / parts);
    const first = Math.max(0, Math.floor((begin - from) / stepMs));
    const last = Math.min(values.length, Math.ceil((end - from) / stepMs));
    let [min, max]: [number | null, number | null] = [null, null];
    for (let step = first; step < last; step++) {
      const value = values[step] ?? null;
      if (value === null) continue;
      min = min === null ? value : Math.min(min, value);
      max = max === null ? value : Math.max(max, value);
    }
    return { from: utc(begin), to: utc(end), min, max };
  });
}
