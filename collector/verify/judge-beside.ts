import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Catalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import type { Again } from "../evidence/judge-again.ts";
import { roomToJudge } from "../replay/room.ts";
import type { Originals } from "./originals.ts";
import type { Unpacked } from "./record-files.ts";
import type { Records } from "./records.ts";
import { threadFile } from "./thread-file.ts";
import { unpackAside } from "./unpack-aside.ts";

/** What the analysis knows beyond the records. */
export type Known = Pick<Catalogue, "knowledge" | "regions">;

/** What the thread reads and then finds; null when it fell, for want of memory for instance. */
export type Beside = { readonly records: Promise<Records | null>; readonly again: Promise<Again | null> };

/** What the thread sends, one after the other. */
export type Answer = { readonly originals: Originals } | { readonly again: Again };

/** `read`: begins with the files with records alone. `judge`: goes on to judge these. `stop` ends it, done or not. */
export type JudgingThread = {
  read: (files: Files) => Promise<void>;
  judge: (known: Known) => Beside;
  stop: () => Promise<unknown>;
};

/**
 * Starts a thread that reads the enclosed records for both, and judges them again while all else is checked in this one
 * (docs/benchmarks.md tells what that gains). Null where there is one, or no compiled thread. This file loads little of
 * the checks, so that the thread gets ready while they are loaded.
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
  let files: Promise<Unpacked> = Promise.resolve(new Map());
  // What cannot be sent is read and judged in this thread.
  const send = async (message: (files: Unpacked) => object) => {
    await files.then((unpacked) => worker.postMessage(message(unpacked))).catch(() => worker.terminate());
  };
  return {
    read: (packed) => {
      files = unpackAside(packed);
      return send((unpacked) => unpacked);
    },
    judge: ({ knowledge, regions }) => {
      void send(() => ({ knowledge, regions }));
      const records = originals.then(async (read) => {
        const { recordsOf } = await import("./originals.ts");
        return read === null ? null : recordsOf(read, await files);
      });
      return { records, again };
    },
    stop: () => worker.terminate(),
  };
}
