import { setFlagsFromString } from "node:v8";

/**
 * Settings of V8 for a program that mostly waits: they take effect at any time, so that neither a launcher nor a
 * second process is needed. The young heap stays as small as it begins (1 MiB a half; it would grow to 16), which costs
 * a few more short collections; hot code is optimised later than usual, since each use of the optimising compiler
 * keeps some megabytes of it in memory. `docs/benchmarks.md` has the figures.
 */
export function keepMemorySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--no-opt");
  setFlagsFromString("--no-sparkplug");
}
