import type { IncidentChange, IncidentTable } from "../store/store.ts";

/** One reader of the stream. */
export type Listener = {
  /** Sends text; false when the reader has more waiting than it may. */
  readonly send: (text: string) => boolean;
  readonly end: () => void;
};

export type LiveHub = {
  /** Adds a reader who has seen all up to a change; null where there are as many as there may be. Returns how to leave. */
  listen: (listener: Listener, after: number | null) => (() => void) | null;
  /** Says goodbye to all readers. */
  close: () => Promise<void>;
};

export type HubParts = {
  readonly incidents: Pick<IncidentTable, "changes" | "lastChangeNumber">;
  /** What the changes of one look are told as, in their order; null: not told. */
  readonly tell: (changes: readonly IncidentChange[]) => Promise<readonly (string | null)[]>;
  readonly onFault: (error: unknown) => void;
  readonly listenersMax?: number;
  readonly lookMs?: number;
  readonly beatMs?: number;
};

const LISTENERS_MAX = 500;
const LOOK_MS = 1000;
const BEAT_MS = 20_000;
/** Changes told at once; who was away for longer is told to ask the list. */
const BACKLOG_MAX = 200;
/** The last change of a reader of whom it is not known yet where it begins. */
const NOT_BEGUN = Number.MAX_SAFE_INTEGER;

/**
 * Tells readers of changes as they are stored, whichever process stores them: one look at the store a second for all
 * readers together, none while nobody listens. A reader that takes in too slowly is let go, and resumes by its last id.
 */
export function createLiveHub(parts: HubParts): LiveHub {
  const { listenersMax = LISTENERS_MAX, lookMs = LOOK_MS, beatMs = BEAT_MS } = parts;
  const room = createRoom(() => clock.stop());
  const look = createLook(parts, room);
  const clock = createClock([
    { everyMs: lookMs, work: look.now },
    { everyMs: beatMs, work: () => room.sendAll(": beat\n\n") },
  ]);
  return {
    listen: (listener, after) => {
      if (room.seen.size >= listenersMax) return null;
      room.seen.set(listener, NOT_BEGUN);
      clock.start();
      void look.begin(listener, after);
      return () => room.letGo(listener);
    },
    close: async () => {
      for (const listener of [...room.seen.keys()]) room.letGo(listener);
      clock.stop();
      await look.idle();
    },
  };
}

/** The readers, each with the number of the last change that it was told. */
function createRoom(onEmpty: () => void) {
  const seen = new Map<Listener, number>();
  const letGo = (listener: Listener) => {
    if (!seen.delete(listener)) return;
    listener.end();
    if (seen.size === 0) onEmpty();
  };
  const sendTo = (listener: Listener, text: string) => {
    if (seen.has(listener) && !listener.send(text)) letGo(listener);
  };
  return {
    seen,
    letGo,
    sendTo,
    sendAll: (text: string) => {
      for (const listener of [...seen.keys()]) sendTo(listener, text);
    },
  };
}

type Room = ReturnType<typeof createRoom>;

/** Looks for what readers have not been told, one look at a time. */
function createLook({ incidents, tell, onFault }: HubParts, room: Room) {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async () => {
    // Who begins while the store answers is told by the next look, from where it was.
    const readers = [...room.seen].filter(([, number]) => number !== NOT_BEGUN).map(([listener]) => listener);
    if (readers.length === 0) return;
    const from = Math.min(...readers.map((listener) => room.seen.get(listener) ?? NOT_BEGUN));
    const changes = await incidents.changes(from, BACKLOG_MAX);
    const texts = changes.length === 0 ? [] : await tell(changes);
    for (const [index, { number }] of changes.entries())
      for (const listener of readers) {
        if ((room.seen.get(listener) ?? NOT_BEGUN) >= number) continue;
        room.seen.set(listener, number);
        const text = texts[index] ?? null;
        if (text !== null) room.sendTo(listener, text);
      }
  };
  const now = () => {
    if (busy) return;
    busy = true;
    running = look()
      .catch(onFault)
      .finally(() => {
        busy = false;
      });
  };
  return {
    now,
    idle: () => running,
    /** Where a reader begins: now, or where it was; so far back as is told at once. */
    begin: async (listener: Listener, after: number | null) => {
      try {
        const last = await incidents.lastChangeNumber();
        if (!room.seen.has(listener)) return;
        const lost = after !== null && last - after > BACKLOG_MAX;
        room.seen.set(listener, after === null || lost ? last : Math.min(after, last));
        if (lost) room.sendTo(listener, `id: ${last}\nevent: lost\ndata: {"after":${after},"last":${last}}\n\n`);
        now();
      } catch (error) {
        onFault(error);
        room.letGo(listener);
      }
    },
  };
}

function createClock(jobs: readonly { readonly everyMs: number; readonly work: () => void }[]) {
  let timers: NodeJS.Timeout[] = [];
  return {
    start: () => {
      if (timers.length === 0) timers = jobs.map(({ everyMs, work }) => setInterval(work, everyMs));
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      timers = [];
    },
  };
}
