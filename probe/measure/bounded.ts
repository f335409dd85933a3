import { onAbort } from "./on-abort.ts";

/** Why work was cut short: its own deadline, or the whole measurement was stopped. */
export type Cut = "timeout" | "interrupted";

/**
 * Starts work that reports by callback and waits until it reports, `timeoutMs` pass or `signal` aborts, whichever is
 * first. Later reports are ignored; releasing what the work holds is the caller's part. What the work throws (or its
 * promise rejects with) before that is thrown on: a fault of ours.
 */
export function bounded<T extends object>(
  timeoutMs: number,
  signal: AbortSignal,
  start: (done: (value: T) => void) => void | Promise<void>,
): Promise<T | Cut> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      resolve("interrupted");
      return;
    }
    const finish = (value: T | Cut) => {
      release();
      resolve(value);
    };
    const fail = (fault: unknown) => {
      release();
      reject(fault);
    };
    const deadline = setTimeout(() => finish("timeout"), timeoutMs);
    const deafen = onAbort(signal, () => finish("interrupted"));
    const release = () => {
      clearTimeout(deadline);
      deafen();
    };
    try {
      start(finish)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
}
