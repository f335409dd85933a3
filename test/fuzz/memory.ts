import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MEBIBYTE = 1024 * 1024;

/** Memory that the process holds on to: heap and buffers after collections of garbage. In MiB. */
async function heldMiB(collect: () => void): Promise<number> {
  // What finalizers let go of in one collection the next one frees.
  for (let times = 0; times < 3; times++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEBIBYTE;
}

/** What happened to memory since the start: held at the end more than at the start, and resident at the peak. */
export type Growth = { heldMiB: number; residentPeakMiB: number };

/** Starts watching; `stop()` ends the sampling timer and tells the growth. */
export async function watchMemory(): Promise<{ stop: () => Promise<Growth> }> {
  setFlagsFromString("--expose-gc");
  // The flag makes the function only in contexts made after it.
  const collect = runInNewContext("gc") as () => void;
  const before = await heldMiB(collect);
  const residentBefore = process.memoryUsage.rss() / MEBIBYTE;
  let residentPeakMiB = 0;
  const sample = () => {
    residentPeakMiB = Math.max(residentPeakMiB, process.memoryUsage.rss() / MEBIBYTE - residentBefore);
  };
  const timer = setInterval(sample, 10);
  return {
    stop: async () => {
      clearInterval(timer);
      sample();
      return { heldMiB: (await heldMiB(collect)) - before, residentPeakMiB };
    },
  };
}
