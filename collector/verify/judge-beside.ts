import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Catalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import type { Again } from "../evidence/judge-again.ts";
import { roomToJudge } from "../replay/room.ts";
import type { Records } from "./records.ts";

/** What the thread is given: the files with records alone, and what the analysis knows beyond them. */
export type Task = { readonly files: Files; readonly catalogue: Pick<Catalogue, "knowledge" | "regions"> };

/** What the thread reads and then finds; null when it fell, for want of memory for instance. */
export type Beside = { readonly records: Promise<Records | null>; readonly again: Promise<Again | null> };

/** What the thread sends, one after the other. */
export type Answer = { readonly records: Records } | { readonly again: Again };

/** `stop` ends it, done or not. */
export type JudgingThread = {
  judge: (task: Task) => Beside;
  stop: () => Promise<unknown>;
};

const THREAD = new URL("./judge-thread.js", import.meta.url);

/**
 * Starts a thread that judges the enclosed records again while all else is checked in this one: a sixth less time on two
 * processors, for half as much memory again (docs/benchmarks.md). Null where there is one, or no compiled thread. This file loads nothing of the checks, so that
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
    judge: ({ files, catalogue: { knowledge, regions } }) => {
      // A copy: what is sent as part of a larger buffer takes all of it along.
      const own = [...files].map(([path, bytes]) => [path, Uint8Array.from(bytes)] as const);
      const task: Task = { files: new Map(own), catalogue: { knowledge, regions } };
      worker.postMessage(
        task,
        own.map(([, bytes]) => bytes.buffer),
      );
      return { records, again };
    },
    stop: () => worker.terminate(),
  };
}
