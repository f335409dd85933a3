import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Catalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import type { Again } from "../evidence/judge-again.ts";
import { roomToJudge } from "../replay/room.ts";
import type { Records } from "./records.ts";

/** What the analysis knows beyond the records. */
export type Known = Pick<Catalogue, "knowledge" | "regions">;

/** What the thread reads and then finds; null when it fell, for want of memory for instance. */
export type Beside = { readonly records: Promise<Records | null>; readonly again: Promise<Again | null> };

/** What the thread sends, one after the other. */
export type Answer = { readonly records: Records } | { readonly again: Again };

/** `read`: begins with the files with records alone. `judge`: goes on to judge these. `stop` ends it, done or not. */
export type JudgingThread = {
  read: (files: Files) => void;
  judge: (known: Known) => Beside;
  stop: () => Promise<unknown>;
};

const THREAD = new URL("./judge-thread.js", import.meta.url);

/**
 * Starts a thread that reads the enclosed records for both, and judges them again while all else is checked in this one
 * (docs/benchmarks.md tells what that gains). Null where there is one, or no compiled thread. This file loads nothing of the checks, so that
 * the thread gets ready while they are loaded.
 */
export function judgingThread(): JudgingThread | null {
  if (availableParallelism() < 2 || !existsSync(fileURLToPath(THREAD))) return null;
  const worker = new Worker(THREAD, { resourceLimits: roomToJudge() });
  const answered = <T>(part: (answer: Answer) => T | null) =>
    new Promise<T | null>((resolve) => {
      worker.on("message", (answer: Answer) => {
        const found = part(answer);
        if (found !== null) resolve(found);
      });
      worker.once("error", () => resolve(null));
      worker.once("exit", () => resolve(null));
    });
  const records = answered((answer) => ("records" in answer ? answer.records : null));
  const again = answered((answer) => ("again" in answer ? answer.again : null));
  return {
    read: (files) => {
      // A copy: what is sent as part of a larger buffer takes all of it along.
      const own = [...files].map(([path, bytes]) => [path, Uint8Array.from(bytes)] as const);
      worker.postMessage(
        new Map(own),
        own.map(([, bytes]) => bytes.buffer),
      );
    },
    judge: ({ knowledge, regions }) => {
      worker.postMessage({ knowledge, regions });
      return { records, again };
    },
    stop: () => worker.terminate(),
  };
}
