import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Catalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import type { Again } from "../evidence/judge-again.ts";
import { roomToJudge } from "../replay/room.ts";
import type { Originals, Piece } from "./originals.ts";
import type { Records } from "./records.ts";
import { threadFile } from "./thread-file.ts";
import { unpackAside } from "./unpack-aside.ts";

/** What the analysis knows beyond the records. */
export type Known = Pick<Catalogue, "knowledge" | "regions">;

/** What the thread reads and then finds; null when it fell, for want of memory for instance. */
export type Beside = { readonly records: Promise<Records | null>; readonly again: Promise<Again | null> };

/** What the thread is asked: to read so much of a file as is unpacked, to end reading, and to judge. */
export type Request = { readonly piece: Piece } | { readonly unpacked: true } | { readonly known: Known };

/** What the thread sends, one after the other. */
export type Answer = { readonly originals: Originals } | { readonly again: Again };

/** `read`: begins with the files with records alone, and ends when they are unpacked and sent. `judge`: goes on to judge these. `stop` ends it, done or not. */
export type JudgingThread = {
  read: (files: Files) => Promise<void>;
  judge: (known: Known) => Beside;
  stop: () => Promise<unknown>;
};

/**
 * Starts a thread that reads the enclosed records for both, and judges them again while all else is checked in this one
 * (docs/benchmarks.md tells what that gains). Null where there is one processor, or no compiled thread. This file loads little,
 * so that the thread begins at once.
 */
export function judgingThread(): JudgingThread | null {
  const file =
    availableParallelism() < 2 ? null : threadFile(new URL("../../", import.meta.url), "collector/verify/judge-thread");
  if (file === null) return null;
  const worker = new Worker(file, { resourceLimits: roomToJudge() });
  const answered = <T>(part: (answer: Answer) => T | null) =>
    new Promise<T | null>((resolve) => {
      worker.on("message", (answer: Answer) => {
        const found = part(answer);
        if (found !== null) resolve(found);
      });
      worker.once("error", () => resolve(null));
      worker.once("exit", () => resolve(null));
    });
  const originals = answered((answer) => ("originals" in answer ? answer.originals : null));
  const again = answered((answer) => ("again" in answer ? answer.again : null));
  const send = (request: Request) => worker.postMessage(request);
  const files = new Map<string, Uint8Array>();
  const read = async (packed: Files) => {
    try {
      for await (const piece of unpackAside(packed)) {
        files.set(piece.path, piece.bytes);
        send({ piece });
      }
      send({ unpacked: true });
    } catch {
      // What cannot be unpacked so is read, told and judged in this thread.
      await worker.terminate();
    }
  };
  let reading = Promise.resolve();
  return {
    read: (packed) => {
      reading = read(packed);
      return reading;
    },
    judge: ({ knowledge, regions }) => {
      void reading.then(() => send({ known: { knowledge, regions } }));
      const records = originals.then(async (found) => {
        const { recordsOf } = await import("./originals.ts");
        return found === null ? null : recordsOf(found, files);
      });
      return { records, again };
    },
    stop: () => worker.terminate(),
  };
}
