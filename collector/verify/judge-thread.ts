import { parentPort } from "node:worker_threads";
import { judgeAgain } from "../evidence/judge-again.ts";
import type { Answer, Known } from "./judge-beside.ts";
import { archiveIn, readOriginals } from "./originals.ts";
import type { Unpacked } from "./record-files.ts";

// Runs in the thread that judge-beside.ts starts: reads the records, then judges them with what is known, and ends.
parentPort?.once("message", (files: Unpacked) => {
  const originals = readOriginals(files);
  answer({ originals });
  parentPort?.once("message", (known: Known) => {
    void judgeAgain(archiveIn(originals, files), known).then((again) => answer({ again }));
  });
});

function answer(found: Answer): void {
  parentPort?.postMessage(found);
}
