import { parentPort } from "node:worker_threads";
import { type EnclosedEntry, judgeAgain } from "../evidence/judge-again.ts";
import type { Answer, Known } from "./judge-beside.ts";
import { readOriginals } from "./originals.ts";
import { createRecordColumns } from "./record-columns.ts";
import type { Unpacked } from "./record-files.ts";

// Runs in the thread that judge-beside.ts starts: reads the records, then judges them with what is known, and ends.
parentPort?.once("message", (files: Unpacked) => {
  const collected = createRecordColumns(files);
  const entries: EnclosedEntry[] = [];
  const around = readOriginals(
    (path) => files.get(path) ?? null,
    (original, file) => {
      collected.add(original, file);
      entries.push(original.entry);
    },
  );
  answer({ around, columns: collected.columns() });
  parentPort?.once("message", (known: Known) => {
    void judgeAgain({ context: around.context, entries }, known).then((again) => answer({ again }));
  });
});

function answer(answer: Answer): void {
  parentPort?.postMessage(answer);
}
