import type { EpochMs } from "./types.ts";

type Task = { at: EpochMs; order: number; run: (subject: unknown, now: EpochMs) => void; subject: unknown };

/** Work to be done when stream time reaches a moment. Tasks of one moment run in the order they were added. */
export type Agenda = {
  add: (at: EpochMs, run: (now: EpochMs) => void) => void;
  /** The same with a subject, so that tasks by the million need no function each. */
  addFor: <T>(at: EpochMs, run: (subject: T, now: EpochMs) => void, subject: T) => void;
  /** Runs all that is due up to and including `until`, each at its own moment, so that results never depend on how
   * often somebody looks. Tasks may add tasks. */
  runUntil: (until: EpochMs) => void;
};

/** Tasks of the queue that have run are dropped so many at a time. */
const DROP = 1024;
const DONE: Task = { at: 0, order: 0, run: () => undefined, subject: null };

/**
 * An empty agenda: a binary heap by moment, then by order of adding. Nearly all tasks follow what is received by the
 * same short while, `nearMs`, and so are added in the order in which they fall due: those stand in a queue beside it.
 */
export function createAgenda(nearMs = 0): Agenda {
  const heap: Task[] = [];
  const queue: Task[] = [];
  let head = 0;
  let added = 0;
  let reached: EpochMs = Number.NEGATIVE_INFINITY;
  const takeQueued = () => {
    queue[head++] = DONE;
    if (head < DROP && head < queue.length) return;
    queue.splice(0, head);
    head = 0;
  };
  const takeTop = () => {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    sink(heap);
  };
  const put = (at: EpochMs, run: Task["run"], subject: unknown) => {
    const task = { at, order: added++, run, subject };
    const last = queue[queue.length - 1];
    if (at <= reached + nearMs && (last === undefined || at >= last.at)) queue.push(task);
    else {
      heap.push(task);
      rise(heap, heap.length - 1);
    }
  };
  return {
    add: (at, run) => put(at, (_, now) => run(now), null),
    // The cast is sound: a task is run with the subject it was added with.
    addFor: (at, run, subject) => put(at, run as Task["run"], subject),
    runUntil: (until) => {
      for (;;) {
        const [queued, top] = [queue[head], heap[0]];
        const next = queued === undefined || isEarlier(top, queued) ? top : queued;
        if (next === undefined || next.at > until) break;
        if (next === queued) takeQueued();
        else takeTop();
        reached = next.at;
        next.run(next.subject, next.at);
      }
      reached = until;
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
