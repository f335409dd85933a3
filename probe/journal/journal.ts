import type { ChainHead } from "../../protocol/chain.ts";
import { errorCode } from "../../protocol/coded-error.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import { utc } from "../clock.ts";
import { makeFolder, storageError } from "../data-folder.ts";
import { commitPart, readStored, type Stored, withShed } from "./commit.ts";
import { type Database, openForWriting } from "./database.ts";
import { isDamage } from "./inspect.ts";
import { type Lock, takeLock } from "./lock.ts";
import { askForRecovery, markRecorded } from "./marks.ts";
import { DEFAULTS, type JournalOptions, MIB } from "./options.ts";
import { createPending, type Pending, type Stamped, stamped } from "./pending.ts";
import { prepareRows, type Row, type Rows } from "./rows.ts";

/** Ordinary entries are committed together once this much waits, whatever the time. */
const GROUP_BYTES = MIB;

/** What is committed at once while the disk is nearly full. */
const SMALL_PART_BYTES = 32 * 1024;

/** The probe's durable log: one writer, one chain, entries never changed. Times of urgent entries survive power loss. */
export class Journal {
  readonly #options: JournalOptions & typeof DEFAULTS;
  readonly #lock: Lock;
  readonly #database: Database;
  readonly #rows: Rows;
  readonly #pending: Pending;
  readonly #listeners = new Set<() => void>();
  readonly #notes = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  #stored: Stored;
  #acknowledged: number;
  #carried: readonly Stamped[];
  #stuck = false;
  #full = false;

  /** Opens or makes the journal and takes its lock. Throws `try_later` (another probe runs), `cannot_write`, `io`. */
  constructor(options: JournalOptions) {
    this.#options = { ...DEFAULTS, ...options };
    makeFolder(options.folder);
    this.#lock = options.lock ?? takeLock(options.folder);
    try {
      this.#database = openForWriting(options.folder, this.#options.fileBytes);
    } catch (error) {
      this.#lock.close();
      throw error;
    }
    this.#rows = prepareRows(this.#database);
    this.#carried = options.carried ?? [];
    this.#tryWriting();
    this.#stored = readStored(this.#rows);
    this.#acknowledged = Math.min(Number(this.#rows.note("acknowledged") ?? 0), this.#stored.head.seq);
    this.#pending = createPending(this.#options.pendingCount, this.#options.pendingBytes);
    // Notes alone are not worth a commit: a card is worn by each.
    const write = () => (this.#pending.size() > 0 ? this.flush() : true);
    this.#timer = setInterval(write, this.#options.groupMs).unref();
  }

  /** The data folder that it lies in. */
  get folder(): string {
    return this.#options.folder;
  }

  /** Adds an entry, stamped now. Urgent ones, and all that wait before them, are committed before this returns. */
  append(draft: EntryDraft, { urgent = false }: { urgent?: boolean } = {}): void {
    const dropped = this.#pending.push(stamped(draft, urgent, this.#options.clock));
    this.#stored = withShed(this.#stored, dropped);
    const carried = this.#carried;
    this.#carried = [];
    for (const earlier of carried) this.#pending.push(earlier);
    if (urgent || this.#pending.bytes() > GROUP_BYTES) this.flush();
  }

  /**
   * Writes entries of an earlier key anew under this one, with the times they were written at, together with a note. The
   * collector has another history in their place. False when the disk took nothing: then none of them is kept.
   */
  carry(entries: readonly Stamped[], note: { name: string; text: string }): boolean {
    if (!this.flush()) return false;
    for (const entry of entries) this.#pending.push(entry);
    this.setNote(note.name, note.text);
    if (this.flush()) return true;
    this.#pending.shift(this.#pending.size());
    this.#notes.delete(note.name);
    return false;
  }

  /**
   * Commits all that waits, synced to the disk. False when the disk took nothing: the entries stay in memory, within
   * bounds, and the next call tries again. Never throws for the disk.
   */
  flush(): boolean {
    if (this.#pending.size() === 0 && this.#notes.size === 0) return true;
    const before = this.#stored.head.seq;
    const done = this.#tryCommit();
    if (done && this.#stuck) this.#options.log.info("the disk takes entries again");
    this.#stuck = !done;
    if (this.#stored.head.seq > before) for (const listener of this.#listeners) listener();
    return done;
  }

  /** Highest committed entry: its sequence number and hash. */
  head(): ChainHead {
    return this.#stored.head;
  }

  /** Number of committed entries that no collector has acknowledged. */
  waiting(): number {
    return this.#stored.head.seq - this.#acknowledged;
  }

  /** Committed entries after `seq`, in order, within `maxCount` and `maxBytes`; the first is given whatever its size. */
  read(seq: number, maxCount: number, maxBytes: number): Row[] {
    const found: Row[] = [];
    let bytes = 0;
    for (const row of this.#rows.after(seq, maxCount)) {
      bytes += row.bytes;
      if (found.length > 0 && bytes > maxBytes) break;
      found.push(row);
    }
    return found;
  }

  /** Hash of a committed entry that is still kept, else null. */
  hashAt(seq: number): string | null {
    return this.#rows.hashAt(seq);
  }

  /** Oldest entry still kept, or null. */
  firstSeq(): number | null {
    return this.#rows.firstSeq();
  }

  /** Newest entry (of a kind), or null. */
  last(kind?: string): Row | null {
    return this.#rows.last(kind);
  }

  /** Takes a collector's word for what it has stored. It may go back: a collector may have been restored from a copy. */
  acknowledge(seq: number, at: string): void {
    this.#acknowledged = Math.min(seq, this.#stored.head.seq);
    // Written with the next commit: a lost one costs only a question at the next contact.
    this.setNote("acknowledged", String(this.#acknowledged));
    this.setNote("acknowledgedAt", at);
  }

  /** The highest acknowledged entry; 0 when there is none. */
  acknowledged(): number {
    return this.#acknowledged;
  }

  /** The same with the collector's time; null when it never acknowledged any. */
  acknowledgement(): { seq: number; at: string } | null {
    const at = this.note("acknowledgedAt");
    return at === null ? null : { seq: this.#acknowledged, at };
  }

  /** Keeps a small text for `status` and the next start, written with the next commit. */
  setNote(name: string, text: string): void {
    this.#notes.set(name, text);
  }

  /** A text kept by {@link setNote}, or null. */
  note(name: string): string | null {
    return this.#notes.get(name) ?? this.#rows.note(name);
  }

  /** Calls back after each commit that added entries; returns how to stop. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Commits what waits, closes the file and lets the lock go. Returns what the disk did not take. */
  close(): readonly Stamped[] {
    clearInterval(this.#timer);
    this.#listeners.clear();
    const left = this.flush() ? [] : [...this.#pending.first(Number.POSITIVE_INFINITY)];
    if (left.length > 0) this.#options.log.error({ entries: left.length }, "the disk did not take the last entries");
    markRecorded(this.#options.folder, "closed", this.#options.log);
    this.#database.close();
    this.#lock.close();
    return left;
  }

  /** A disk that takes nothing is better known before the first measurement than after. */
  #tryWriting(): void {
    try {
      this.#rows.setNote("openedAt", utc(this.#options.clock.wallMs()));
    } catch (error) {
      this.#database.close();
      this.#lock.close();
      throw storageError(error, this.#options.folder);
    }
    markRecorded(this.#options.folder, "open", this.#options.log);
  }

  /** Whether everything that waits was written; if need be acknowledged entries are given up for it. */
  #tryCommit(): boolean {
    try {
      // After trouble in small parts, so that little room is of use too.
      this.#commitAll(this.#stuck ? SMALL_PART_BYTES : Number.POSITIVE_INFINITY, false);
      return true;
    } catch (error) {
      if (errorCode(error) !== "SQLITE_FULL") return this.#noteStuck(error);
    }
    try {
      this.#commitAll(SMALL_PART_BYTES, true);
      return true;
    } catch (error) {
      return this.#noteStuck(error);
    }
  }

  #commitAll(partBytes: number, makeRoom: boolean): void {
    do this.#commit(partBytes, makeRoom ? this.#pending.bytes() : 0);
    while (this.#pending.size() > 0);
  }

  #commit(partBytes: number, extraRoomBytes: number): void {
    const { probe, capBytes, log } = this.#options;
    const part = this.#pending.first(partBytes);
    const neededBytes = Math.max(this.#stored.bytes + this.#pending.bytes() - capBytes, extraRoomBytes);
    const { stored, shed, refused } = commitPart(
      { database: this.#database, rows: this.#rows, probe, capBytes },
      this.#stored,
      { part, notes: this.#notes, neededBytes, acknowledged: this.#acknowledged },
    );
    for (const fault of refused) log.error(fault, "a record of ours breaks its schema; not written");
    this.#noteFull(shed > 0);
    this.#stored = stored;
    this.#notes.clear();
    this.#pending.shift(part.length);
  }

  #noteFull(full: boolean): void {
    const says = "the journal is full of undelivered entries: ordinary measurements are no longer kept";
    if (full && !this.#full) this.#options.log.warn(says);
    this.#full = full;
  }

  #noteStuck(error: unknown): false {
    const { log, folder } = this.#options;
    const says = "the disk takes nothing: recording goes on in memory, within bounds";
    if (!this.#stuck) log.error({ code: errorCode(error), folder }, says);
    if (!this.#stuck && isDamage(error)) askForRecovery(folder, "damaged");
    return false;
  }
}
