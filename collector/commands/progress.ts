import type { Io } from "../../protocol/command-line.ts";
import type { Progress } from "../mirror/crawl.ts";

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
  const isTime = pace(everyMs, now);
  return () => {
    count += 1;
    if (isTerminal === true && isTime()) err(`${say(count)}\n`);
  };
}

const MIRROR_MS = { atTerminal: 3000, elsewhere: 30_000 };

/** Tells how far a mirror is: every three seconds to who watches at a terminal, in a line each half minute elsewhere. */
export function tellMirror(
  { err, isTerminal = false }: Pick<Io, "err" | "isTerminal">,
  now: () => number = Date.now,
): (progress: Progress) => void {
  const isTime = pace(isTerminal ? MIRROR_MS.atTerminal : MIRROR_MS.elsewhere, now);
  return ({ files, bytes, waiting }) => {
    if (isTime()) err(`${files} files, ${(bytes / 1_000_000).toFixed(1)} MB; ${waiting} addresses known that wait\n`);
  };
}

/** Whether so much time has gone by since it last was. */
function pace(everyMs: number, now: () => number): () => boolean {
  let next = now() + everyMs;
  return () => {
    if (now() < next) return false;
    next = now() + everyMs;
    return true;
  };
}

/** The same things, each counted as it passes. */
export async function* counting<T>(things: AsyncIterable<T>, step: () => void): AsyncGenerator<T> {
  for await (const thing of things) {
    step();
    yield thing;
  }
}
