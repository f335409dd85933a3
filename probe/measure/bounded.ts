/** Why work was cut short: its own deadline, or the whole measurement was stopped. */
export type Cut = "timeout" | "interrupted";

/**
 * Starts work that reports by callback and waits until it reports, `timeoutMs` pass or `signal` aborts, whichever is
 * first. Later reports are ignored; releasing what the work holds is the caller's part.
 */
export function bounded<T extends object>(
  timeoutMs: number,
  signal: AbortSignal,
  start: (done: (value: T) => void) => void,
): Promise<T | Cut> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      resolve("interrupted");
      return;
    }
    const finish = (value: T | Cut) => {
      clearTimeout(deadline);
      signal.removeEventListener("abort", interrupt);
      resolve(value);
    };
    const interrupt = () => finish("interrupted");
    const deadline = setTimeout(() => finish("timeout"), timeoutMs);
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      start(finish);
    } catch (error) {
      clearTimeout(deadline);
      signal.removeEventListener("abort", interrupt);
      reject(error);
    }
  });
}
