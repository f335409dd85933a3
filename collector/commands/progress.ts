import type { Io } from "../../protocol/command-line.ts";

const EVERY_MS = 10_000;

/**
 * Counts what a long job does and tells it to whoever sits at the terminal, a plain line every ten seconds: a job that says
 * nothing is taken for dead. Where nobody sits, nothing is told.
 */
export function createProgress(
  { err, isTerminal }: Pick<Io, "err" | "isTerminal">,
  say: (count: number) => string,
  { everyMs = EVERY_MS, now = Date.now }: { everyMs?: number; now?: () => number } = {},
): () => void {
  let count = 0;
  let next = now() + everyMs;
  return () => {
    count += 1;
    if (isTerminal !== true || now() < next) return;
    next = now() + everyMs;
    err(`${say(count)}\n`);
  };
}

/** The same things, each counted as it passes. */
export async function* counting<T>(things: AsyncIterable<T>, step: () => void): AsyncGenerator<T> {
  for await (const thing of things) {
    step();
    yield thing;
  }
}
