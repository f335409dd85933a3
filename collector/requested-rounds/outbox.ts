/** Sends a probe the targets it is asked for; false when it has no open line. */
export type SendTask = (probe: string, targets: readonly string[]) => boolean;

/** What is still to be asked, by probe. */
export type Outbox = {
  /** False when the box is full: then nothing is added. */
  add: (probe: string, target: string) => boolean;
  /** Sends everything; what has no open line is dropped, since an old request is of no use. Returns frames sent. */
  flush: () => number;
};

/** Targets in one frame (protocol/wire.ts). */
const FRAME_TARGETS = 64;

/** A queue of at most `bound` requests; when it is full new ones are left out, as the next round comes anyway. */
export function createOutbox(send: SendTask, bound = 4000): Outbox {
  const waiting = new Map<string, Set<string>>();
  let size = 0;
  return {
    add: (probe, target) => {
      const targets = waiting.get(probe) ?? new Set<string>();
      if (targets.has(target)) return true;
      if (size >= bound || targets.size >= FRAME_TARGETS) return false;
      waiting.set(probe, targets.add(target));
      size += 1;
      return true;
    },
    flush: () => {
      const sent = [...waiting].filter(([probe, targets]) => send(probe, [...targets])).length;
      waiting.clear();
      size = 0;
      return sent;
    },
  };
}
