import type { ChainHead } from "../../protocol/chain.ts";
import { errorCode } from "../../protocol/coded-error.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import type { Shed } from "../../protocol/records/life.ts";
import { utc } from "../clock.ts";
import { makeFolder, storageError } from "../data-folder.ts";
import { chainEntries } from "./chain-entries.ts";
import { type Database, openForWriting } from "./database.ts";
import { isDamage } from "./inspect.ts";
import { type Lock, takeLock } from "./lock.ts";
import { askForRecovery, markRecorded } from "./marks.ts";
import { DEFAULTS, type JournalOptions, MIB } from "./options.ts";
import { admitted, createPending, type Pending, type Stamped } from "./pending.ts";
import { prepareRows, type Row, type Rows } from "./rows.ts";
import { addShed, readShed, SHED_NOTE, SHED_TOTAL_NOTE, tellShed } from "./shed.ts";
import { worthOf } from "./value.ts";

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
  #head: ChainHead;
  #storedBytes: number;
  #acknowledged: number;
  #carried: readonly Stamped[];
  #shed: readonly Shed[];
  #shedTotal: number;
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
    this.#head = this.#rows.head();
    this.#shed = readShed(this.#rows.note(SHED_NOTE));
    this.#shedTotal = Number(this.#rows.note(SHED_TOTAL_NOTE) ?? 0);
    this.#storedBytes = this.#rows.totalBytes();
    this.#acknowledged = Math.min(Number(this.#rows.note("acknowledged") ?? 0), this.#head.seq);
    this.#pending = createPending(this.#options.pendingCount, this.#options.pendingBytes);
    this.#timer = setInterval(() => this.flush(), this.#options.groupMs).unref();
  }

  /** Adds an entry, stamped now. Urgent ones, and all that wait before them, are committed before this returns. */
  append(draft: EntryDraft, { urgent = false }: { urgent?: boolean } = {}): void {
    const { clock } = this.#options;
    const entry: Stamped = {
      draft,
      value: worthOf(draft, urgent),
      bytes: Buffer.byteLength(JSON.stringify(draft.body)) + 400,
      stamp: {
        boot: clock.boot,
        mono: Math.round(clock.monoMs() * 10) / 10,
        at: utc(clock.wallMs()),
        clock: clock.offset(),
      },
    };
    const dropped = this.#pending.push(entry);
    this.#shed = addShed(this.#shed, dropped);
    this.#shedTotal += dropped.length;
    if (dropped.length > 0)
      this.#options.log.debug({ dropped: dropped.length }, "entries given up: the disk takes nothing");
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
    const before = this.#head.seq;
    const done = this.#tryCommit();
    if (done && this.#stuck) this.#options.log.info("the disk takes entries again");
    this.#stuck = !done;
    if (this.#head.seq > before) for (const listener of this.#listeners) listener();
    return done;
  }

  /** Highest committed entry: its sequence number and hash. */
  head(): ChainHead {
    return this.#head;
  }

  /** Number of committed entries that no collector has acknowledged. */
  waiting(): number {
    return this.#head.seq - this.#acknowledged;
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
    this.#acknowledged = Math.min(seq, this.#head.seq);
    // Written with the next commit: a lost one costs only a question at the next contact.
    this.setNote("acknowledged", String(this.#acknowledged));
    this.setNote("acknowledgedAt", at);
  }

  /** The highest acknowledged entry; 0 when there is none. */
  acknowledged(): number {
    return this.#acknowledged;
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
    let storedBytes = this.#storedBytes;
    let untold = this.#shed;
    let total = this.#shedTotal;
    const rows = this.#database
      .transaction(() => {
        const neededBytes = Math.max(storedBytes + this.#pending.bytes() - capBytes, extraRoomBytes);
        // A tenth of the cap more than needed, so that it is rare.
        if (neededBytes > 0) storedBytes -= this.#rows.deleteOldest(this.#acknowledged, neededBytes + capBytes / 10);
        const isKept = (entry: Stamped) => admitted(entry.value, storedBytes, capBytes);
        const shed = part.filter((entry) => !isKept(entry));
        this.#noteFull(shed.length > 0);
        total += shed.length;
        const told = tellShed(part.filter(isKept), addShed(this.#shed, shed));
        untold = told.untold;
        const chained = chainEntries(probe, this.#head, told.entries);
        for (const fault of chained.refused) log.error(fault, "a record of ours breaks its schema; not written");
        for (const row of chained.rows) this.#rows.insert(row);
        for (const [name, text] of this.#notes) this.#rows.setNote(name, text);
        if (total > 0) {
          this.#rows.setNote(SHED_NOTE, JSON.stringify(untold));
          this.#rows.setNote(SHED_TOTAL_NOTE, String(total));
        }
        return chained.rows;
      })
      .immediate();
    const { seq, hash } = rows.at(-1) ?? this.#head;
    this.#head = { seq, hash };
    this.#storedBytes = rows.reduce((sum, { bytes }) => sum + bytes, storedBytes);
    this.#notes.clear();
    [this.#shed, this.#shedTotal] = [untold, total];
    this.#pending.shift(part.length);
  }

  #noteFull(full: boolean): void {
    const says = "the journal is full of undelivered entries: ordinary measurements are no longer kept";
    if (full && !this.#full) this.#options.log.warn(says);
    this.#full = full;
  }

  #noteStuck(error: unknown): false {
    const { log, folder } = this.#options;
    const says = `the disk that holds ${folder} takes nothing: recording goes on in memory, within bounds`;
    if (!this.#stuck) log.error({ code: errorCode(error) }, says);
    if (!this.#stuck && isDamage(error)) askForRecovery(folder, "damaged");
    return false;
  }
}
