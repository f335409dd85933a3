import type { Entry } from "../../protocol/records/entry.ts";
import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** An entry with the true time of its writing and the receive time it came with. */
export type Timed = { entry: Entry; at: EpochMs; received: EpochMs };

/** Gives entries their true time. A Pi without a clock starts in 1970: such entries wait for one that knows. */
export type Timekeeper = {
  /** Entries whose time is now known, in their order; those that still wait come with a later call. */
  place: (entry: Entry, received: EpochMs) => Timed[];
  /** The same where only the entry itself becomes known, as is usual; null where {@link Timekeeper.place} must be asked. */
  placeOne: (entry: Entry, received: EpochMs) => Timed | null;
};

type Waiting = { entry: Entry; received: EpochMs };
/** One boot of one probe: `baseMs` is the true time of its monotonic zero; `resigned`: nobody will tell it. */
type Book = { boot: string; baseMs: EpochMs | null; resigned: boolean; waiting: Waiting[] };

/**
 * True time is `at` + `clock.offsetMs`; while the source is `none` a later entry of the same boot gives it through
 * `mono`. When the boot ends without one, or too many wait too long, the probe's own time stands, never later than
 * the receive time.
 */
export function createTimekeeper(settings: Settings): Timekeeper {
  const books = new Map<string, Book>();
  return {
    placeOne: (entry, received) => {
      const book = books.get(entry.probe);
      if (book === undefined || book.boot !== entry.boot) return null;
      if (entry.clock.source === "none" || book.waiting.length > 0) return null;
      return told(book, entry, received, settings);
    },
    place: (entry, received) => {
      const before = books.get(entry.probe);
      const sameBoot = before?.boot === entry.boot;
      const flushed = before !== undefined && !sameBoot ? flush(before) : [];
      const book: Book = sameBoot ? before : { boot: entry.boot, baseMs: null, resigned: false, waiting: [] };
      books.set(entry.probe, book);
      if (entry.clock.source === "none") return [...flushed, ...placeUnsure(book, { entry, received }, settings)];
      const known = told(book, entry, received, settings);
      return [...flushed, ...flush(book), known];
    },
  };
}

/** An entry whose probe knows the time; it tells it to the boot. */
function told(book: Book, entry: Entry, received: EpochMs, settings: Settings): Timed {
  const claimed = Math.round(Date.parse(entry.at) + entry.clock.offsetMs);
  const at = claimed > received + settings.clockAheadMs ? received : claimed;
  book.baseMs = at - entry.mono;
  return { entry, received, at };
}

function placeUnsure(book: Book, item: Waiting, settings: Settings): Timed[] {
  if (book.baseMs !== null || book.resigned) return [timed(book, item)];
  book.waiting.push(item);
  const oldest = book.waiting[0]?.received ?? item.received;
  if (book.waiting.length < settings.clockWaitEntries && item.received - oldest < settings.clockWaitMs) return [];
  book.resigned = true;
  return flush(book);
}

function flush(book: Book): Timed[] {
  const { waiting } = book;
  book.waiting = [];
  return waiting.map((item) => timed(book, item));
}

function timed({ baseMs }: Book, { entry, received }: Waiting): Timed {
  const at = baseMs === null ? Date.parse(entry.at) : Math.round(baseMs + entry.mono);
  return { entry, received, at: Math.min(at, received) };
}
