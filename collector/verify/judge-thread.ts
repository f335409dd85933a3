import { parentPort } from "node:worker_threads";
import { judgeAgain } from "../evidence/judge-again.ts";
import type { Task } from "./judge-beside.ts";
import { readOriginals } from "./records.ts";

// Runs in the thread that judge-beside.ts starts: takes one task, answers it in two messages, and ends.
parentPort?.once("message", ({ files, catalogue }: Task) => {
  const { records, archive } = readOriginals(files);
  parentPort?.postMessage({ records });
  void judgeAgain(archive, catalogue).then((again) => parentPort?.postMessage({ again }));
});
