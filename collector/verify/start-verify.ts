import { statSync } from "node:fs";
import type { Io } from "../../protocol/command-line.ts";
import { judgingThread } from "./judge-beside.ts";

/** Smaller bundles are judged before a thread is ready. */
const LARGE_BYTES = 1024 * 1024;
const WITHOUT_JUDGING = ["--no-replay", "--help", "-h", "--page"];

/** `kuager verify` with a thread for judging, begun before the checks are loaded where the words name a large bundle. */
export async function startVerify(argv: readonly string[], io: Io): Promise<number> {
  const thread = willJudge(argv) ? judgingThread() : null;
  try {
    const { runVerify } = await import("./verify-command.ts");
    return await runVerify(argv, io, thread);
  } finally {
    await thread?.stop();
  }
}

/** A guess from the words alone, which are read later: it decides how long the answer takes, and nothing else. */
function willJudge(argv: readonly string[]): boolean {
  return !argv.some((word) => WITHOUT_JUDGING.includes(word)) && argv.some(isLarge);
}

function isLarge(word: string): boolean {
  const stat = word.startsWith("-") ? undefined : statSync(word, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isDirectory() || stat.size >= LARGE_BYTES);
}
