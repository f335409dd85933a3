import { parentPort } from "node:worker_threads";
import type { Files } from "../evidence/files.ts";
import { judgeAgain } from "../evidence/judge-again.ts";
import type { Known } from "./judge-beside.ts";
import { readOriginals } from "./records.ts";

// Runs in the thread that judge-beside.ts starts: reads the records, then judges them with what is known, and ends.
parentPort?.once("message", (files: Files) => {
  const { records, archive } = readOriginals(files);
  parentPort?.postMessage({ records });
  parentPort?.once("message", (known: Known) => {
    void judgeAgain(archive, known).then((again) => parentPort?.postMessage({ again }));
  });
});
