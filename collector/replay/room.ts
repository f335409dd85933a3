import { getHeapStatistics, setFlagsFromString } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";

/** V8 counts three semi-spaces into its young generation: 64 MB each. */
const YOUNG_MB = 192;

/**
 * Memory for a thread that judges. Records live for as long as they wait for their controls: with the 16 MB that V8 gives by
 * itself they are copied again and again, which costs time (docs/benchmarks.md). The rest is as much as the process itself has.
 */
export function roomToJudge(): ResourceLimits {
  // Such a space begins with 1 MB and grows when half of it lives: until then most is copied twice.
  setFlagsFromString(`--min-semi-space-size=${YOUNG_MB / 3}`);
  const old = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  return { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: old };
}
