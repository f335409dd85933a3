import { parentPort } from "node:worker_threads";
import { judgeAgain } from "../evidence/judge-again.ts";
import type { Answer, Known, Request } from "./judge-beside.ts";
import { archiveIn, type Originals, originalsReader } from "./originals.ts";

// Runs in the thread that judge-beside.ts starts: reads records while they are unpacked, then judges them with what is known.
const files = new Map<string, Uint8Array>();
const reader = originalsReader();
let originals: Originals | null = null;

parentPort?.on("message", (request: Request) => {
  if ("piece" in request) {
    files.set(request.piece.path, request.piece.bytes);
    reader.take(request.piece);
  } else if ("unpacked" in request) {
    originals = reader.originals();
    answer({ originals });
  } else void judge(request.known);
});

async function judge(known: Known): Promise<void> {
  if (originals === null) return;
  answer({ again: await judgeAgain(archiveIn(originals, files), known) });
  parentPort?.close();
}

function answer(found: Answer): void {
  parentPort?.postMessage(found);
}
