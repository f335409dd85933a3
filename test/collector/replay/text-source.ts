import type { LineSource } from "../../../collector/replay/source.ts";
import { sourceOf } from "../../../collector/replay/text-source.ts";

/** Lines that are in memory. */
export function textSource(lines: readonly string[]): LineSource {
  return sourceOf(lines.length, (place) => lines[place] ?? "");
}
