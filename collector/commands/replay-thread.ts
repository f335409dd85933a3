import { parentPort, workerData } from "node:worker_threads";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Io } from "../../protocol/command-line.ts";
import { runReplay } from "./replay-command.ts";
import type { Told } from "./start-replay.ts";

// Runs in the thread that start-replay.ts starts: one command, told as it goes. Faults end the thread as they are.
const tell = (told: Told) => parentPort?.postMessage(told);
const io: Io = {
  out: (text) => tell({ kind: "out", text }),
  err: (text) => tell({ kind: "err", text }),
  ask: async () => null,
  env: process.env,
  signal: new AbortController().signal,
};
try {
  // The words that start-replay.ts hands over.
  tell({ kind: "ended", code: await runReplay(workerData as readonly string[], io) });
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  tell({ kind: "error", code: error.code, message: error.message });
}
