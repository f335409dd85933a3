import type { Progress } from "./crawl.ts";

const AT_TERMINAL_MS = 3000;
const ELSEWHERE_MS = 30_000;

/** Tells how far a mirror is: every three seconds to who watches at a terminal, in a line each half minute elsewhere. */
export function tellProgress(
  { err, isTerminal = false }: { readonly err: (text: string) => void; readonly isTerminal?: boolean },
  now: () => number = () => performance.now(),
): (progress: Progress) => void {
  const every = isTerminal ? AT_TERMINAL_MS : ELSEWHERE_MS;
  let last = now();
  return ({ files, bytes, waiting }) => {
    if (now() - last < every) return;
    last = now();
    err(`${files} files, ${(bytes / 1_000_000).toFixed(1)} MB; ${waiting} addresses known that wait\n`);
  };
}
