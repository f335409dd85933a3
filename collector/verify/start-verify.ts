import { statSync } from "node:fs";
import type { Io } from "../../protocol/command-line.ts";
import type { Files } from "../evidence/files.ts";
import { type JudgingThread, judgingThread } from "./judge-beside.ts";
import { readBundle } from "./read-bundle.ts";
import { archiveFiles } from "./record-files.ts";

/** Smaller bundles are judged before a thread is ready. */
const LARGE_BYTES = 1024 * 1024;
const WITHOUT_JUDGING = ["--no-replay", "--help", "-h", "--page"];

/** What was begun before the words were read: a thread, and the bundle of which it reads the records. */
export type Begun = {
  readonly thread: JudgingThread;
  /** Null where it could not be told from the words, or not be read: that is done, and told, later. As {@link readBundle} gives it. */
  readonly read: { readonly file: string; readonly files: Files | null } | null;
};

/**
 * `kuager verify` with a thread for judging, begun before the checks are loaded where the words name a large bundle. They are loaded
 * when its records are unpacked: a third at work would keep the two processors from that.
 */
export async function startVerify(argv: readonly string[], io: Io): Promise<number> {
  const thread = willJudge(argv) ? judgingThread() : null;
  try {
    const begun = thread === null ? null : { thread, read: await readAhead(argv, thread) };
    const { runVerify } = await import("./verify-command.ts");
    return await runVerify(argv, io, begun);
  } finally {
    await thread?.stop();
  }
}

/** A guess from the words alone, which are read later: it decides how long the answer takes, and nothing else. */
function willJudge(argv: readonly string[]): boolean {
  return !argv.some((word) => WITHOUT_JUDGING.includes(word)) && argv.some(isLarge);
}

/** Reads the bundle once for all, and hands its records to the thread. */
async function readAhead(argv: readonly string[], thread: JudgingThread): Promise<Begun["read"]> {
  // A word behind an option may be the option's.
  const file = argv.find((word, at) => isLarge(word) && argv[at - 1]?.startsWith("-") !== true);
  if (file === undefined) return null;
  try {
    const files = readBundle(file);
    const records = files === null ? null : archiveFiles(files);
    if (records !== null) await thread.read(records);
    return { file, files };
  } catch {
    return null;
  }
}

function isLarge(word: string): boolean {
  const stat = word.startsWith("-") ? undefined : statSync(word, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isDirectory() || stat.size >= LARGE_BYTES);
}
