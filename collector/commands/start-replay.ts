import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Io } from "../../protocol/command-line.ts";
import { roomToJudge } from "../replay/room.ts";

/** What the thread tells: text for either output, how it ended, or an error of ours. */
export type Told =
  | { readonly kind: "out" | "err"; readonly text: string }
  | { readonly kind: "ended"; readonly code: number }
  | { readonly kind: "error"; readonly code: string; readonly message: string };

const THREAD = new URL("./replay-thread.js", import.meta.url);

/**
 * `kuager replay` in a thread that has room to judge, which only a new one can be given; in this one for the standard input,
 * and where there is no compiled thread. A signal ends it. Errors as of the command itself, and `failed` when it is stopped.
 */
export async function startReplay(argv: readonly string[], io: Io): Promise<number> {
  if (!argv.includes("-") && existsSync(fileURLToPath(THREAD))) return replayBeside(argv, io);
  return (await import("./replay-command.ts")).runReplay(argv, io);
}

async function replayBeside(argv: readonly string[], io: Io): Promise<number> {
  const worker = new Worker(THREAD, { workerData: argv, resourceLimits: roomToJudge() });
  const stop = () => void worker.terminate();
  io.signal.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.on("message", (told: Told) => {
        if (told.kind === "ended") resolve(told.code);
        else if (told.kind === "error") reject(new CodedError(told.code, told.message));
        else io[told.kind](told.text);
      });
      worker.once("error", reject);
      worker.once("exit", () => reject(new CodedError("failed", "Stopped before the end: nothing is printed.")));
    });
  } finally {
    io.signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
