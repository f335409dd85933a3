import { parentPort } from "node:worker_threads";
import { judgeAgain } from "../evidence/judge-again.ts";
import type { Task } from "./judge-beside.ts";
import { readArchive } from "./records.ts";

// Runs in the thread that judge-beside.ts starts: takes one task, answers it, and ends.
parentPort?.once("message", ({ files, catalogue }: Task) => {
  void judgeAgain(readArchive(files), catalogue).then((again) => parentPort?.postMessage(again));
});
