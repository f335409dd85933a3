import type { EpochMs } from "../analysis/types.ts";
import type { Reader } from "./reader.ts";

/**
 * The newest moment of which nothing can change any more: what is stored after this call is stored with a later time.
 * `lastChange` is when the asked table changed last.
 */
export function snapshotOf({ now }: Pick<Reader, "now">, lastChange: EpochMs): EpochMs {
  return Math.max(now() - 1, lastChange);
}
