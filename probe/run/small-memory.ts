import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Settings of V8 for a program that mostly waits. All of them take effect in a process that runs already, so that
 * neither a launcher nor a second process is needed; what was compiled before stays. Figures: docs/benchmarks.md.
 */
const FROM_THE_START = [
  // The young heap stays as small as it is, instead of growing to 16 MiB a half. (On the command line it has no effect.)
  "--semi-space-growth-factor=1",
  // The optimising compiler keeps megabytes of the program's file in memory once used. The dear work is OpenSSL's, not ours.
  "--no-opt",
] as const;

/** In the process that waits for days also no quick machine code, which its few thousand calls a minute do not need. */
const WHILE_WAITING = ["--no-sparkplug"] as const;

/** The old heap may grow by a fifth between two collections, instead of up to fourfold, and is compacted each time. */
const WHEN_STARTED = ["--heap-growing-percent=20", "--compact-on-every-full-gc"] as const;

/** Makes V8 keep little memory. To be called before the bulk of the program is loaded. */
export function keepMemorySmall(): void {
  for (const setting of FROM_THE_START) setFlagsFromString(setting);
}

/** The same for the process that waits between rounds, which computes next to nothing. */
export function keepMemorySmallest(): void {
  keepMemorySmall();
  for (const setting of WHILE_WAITING) setFlagsFromString(setting);
}

/** Has the old heap grow in small steps. To be called once the bulk of the program is loaded. */
export function growSlowly(): void {
  for (const setting of WHEN_STARTED) setFlagsFromString(setting);
}

/**
 * Gives back what only past work needed: its rubbish, and the compiled form of code that has run and may not run again
 * soon; the young heap stays as large as it is.
 */
export function forgetWork(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  forgetting(() => {
    if (typeof collect === "function") collect();
  });
}

/** More than any machine has, and than any address space. */
const NEVER_THERE_BYTES = 2 ** 52;

/**
 * The same, and has V8 shrink the young heap, which reading the program's own file or a round's records made larger than
 * waiting needs: Node tells V8 that memory is short when an allocation fails, and nothing else in a running process
 * does. Takes a fifth of a second of CPU.
 */
export function comeToRest(): void {
  forgetting(() => {
    try {
      new ArrayBuffer(NEVER_THERE_BYTES);
    } catch {
      // As it must be.
    }
  });
}

function forgetting(collect: () => void): void {
  setFlagsFromString("--stress-flush-code");
  collect();
  setFlagsFromString("--no-stress-flush-code");
}
