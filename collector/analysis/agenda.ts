import type { EpochMs } from "./types.ts";

type Task = { at: EpochMs; order: number; run: (now: EpochMs) => void };

/** Work to be done when stream time reaches a moment. Tasks of one moment run in the order they were added. */
export type Agenda = {
  add: (at: EpochMs, run: (now: EpochMs) => void) => void;
  /** Runs all that is due up to and including `until`, each at its own moment, so that results never depend on how
   * often somebody looks. Tasks may add tasks. */
  runUntil: (until: EpochMs) => void;
};

/** An empty agenda: a binary heap by moment, then by order of adding. */
export function createAgenda(): Agenda {
  const heap: Task[] = [];
  let added = 0;
  return {
    add: (at, run) => {
      heap.push({ at, order: added++, run });
      rise(heap, heap.length - 1);
    },
    runUntil: (until) => {
      for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
        const last = heap.pop();
        if (last !== undefined && heap.length > 0) {
          heap[0] = last;
          sink(heap);
        }
        next.run(next.at);
      }
    },
  };
}

function rise(heap: Task[], from: number): void {
  for (let index = from; index > 0; ) {
    const parent = (index - 1) >> 1;
    if (!swapIfEarlier(heap, index, parent)) return;
    index = parent;
  }
}

function sink(heap: Task[]): void {
  for (let index = 0; ; ) {
    const left = 2 * index + 1;
    const child = isEarlier(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!swapIfEarlier(heap, child, index)) return;
    index = child;
  }
}

function swapIfEarlier(heap: Task[], child: number, parent: number): boolean {
  const [lower, upper] = [heap[child], heap[parent]];
  if (lower === undefined || upper === undefined || !isEarlier(lower, upper)) return false;
  heap[child] = upper;
  heap[parent] = lower;
  return true;
}

function isEarlier(a: Task | undefined, b: Task | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}
