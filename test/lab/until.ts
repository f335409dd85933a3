import { setTimeout as sleep } from "node:timers/promises";
import { CodedError } from "../../protocol/coded-error.ts";

const LOOK_EVERY_MS = 200;

/** Waits so long. Rejects with the signal's own reason when it ends the wait. */
export async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  await sleep(waitMs, undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}

/** Waits until a condition holds. Throws `failed` with its name after `timeoutMs`, or whatever ends the signal. */
export async function until(
  what: string,
  condition: () => Promise<boolean>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await condition())) {
    signal.throwIfAborted();
    if (performance.now() > deadlineMs)
      throw new CodedError("failed", `Waited ${Math.round(timeoutMs / 1000)} s in vain until ${what}.`);
    await pause(LOOK_EVERY_MS, signal);
  }
}
