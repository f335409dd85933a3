import type { ProbeInfo } from "../../protocol/archive.ts";
import type { ChainHead } from "../../protocol/chain.ts";
import type { WorldEvent } from "../../protocol/event.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Hash } from "../../protocol/merkle.ts";
import type { Access, Role } from "../../protocol/primitives.ts";
import type { EntryKind } from "../../protocol/records/entry.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { EpochMs, Judged } from "../analysis/types.ts";

/**
 * What the collector keeps, whatever the engine. Every method is a promise so that an engine may live on another
 * machine. Failures are CodedErrors: `io` (disk full or broken; nothing of the call was stored), `cannot_write`.
 */
export type Store = {
  readonly state: StateTable;
  readonly probes: ProbeTable;
  readonly invites: InviteTable;
  readonly entries: EntryTable;
  readonly presence: PresenceTable;
  readonly verdicts: VerdictTable;
  readonly incidents: IncidentTable;
  readonly events: EventTable;
  readonly gaps: GapTable;
  readonly log: LogTable;
  /** Refreshes the planner's statistics; call now and then. */
  maintain: () => Promise<void>;
  close: () => Promise<void>;
};

/** A half-open window of time, milliseconds since 1970. */
export type Window = { readonly from: EpochMs; readonly to: EpochMs };

/** Place in an ordered listing: rows come after (`at`, `id`). */
export type Cursor<Id> = { readonly at: EpochMs; readonly id: Id };

export type StateTable = {
  get: (key: string) => Promise<string | null>;
  set: (key: string, value: string) => Promise<void>;
  /** The stored value, or `make()` stored now and kept for ever. */
  once: (key: string, make: () => string) => Promise<string>;
};

export type Enrolment = {
  readonly role: Role;
  readonly region: string | null;
  readonly asn: number | null;
  readonly access: Access | null;
  readonly own: boolean;
};

export type StoredProbe = Enrolment & {
  readonly id: string;
  /** Null for a probe known from an unsigned archive only: nobody can speak for it over the uplink. */
  readonly publicKey: string | null;
  readonly consent: string | null;
  readonly joined: EpochMs;
  readonly left: EpochMs | null;
  readonly revoked: boolean;
  readonly software: string | null;
  readonly head: ChainHead;
};

export type KnownProbe = Omit<ProbeInfo, "from" | "to"> & { from?: string | undefined; to?: string | null | undefined };

export type ProbeTable = {
  byId: (id: string) => Promise<StoredProbe | null>;
  all: () => Promise<StoredProbe[]>;
  /** Probes changed by any process at or after a wall-clock time. */
  changedSince: (at: EpochMs) => Promise<StoredProbe[]>;
  /** Adds a probe of an archive if it is not known; false when it is. A key is added where none was known. */
  addKnown: (probe: KnownProbe, publicKey: string | null) => Promise<boolean>;
  setSoftware: (id: string, software: string) => Promise<void>;
  /** False when there is no such probe. */
  revoke: (id: string, at: EpochMs) => Promise<boolean>;
  /** Marks a probe as gone at `at`. False unless it said so (`said`) after it joined and after it last said so. */
  leave: (id: string, said: EpochMs, at: EpochMs) => Promise<boolean>;
  /** Adds a key that goes on for `old`, with all that is known of it, and marks `old` as gone at `at`. May be repeated. */
  succeed: (old: string, next: { id: string; publicKey: string }, at: EpochMs) => Promise<void>;
  totals: () => Promise<{ measurements: number; lastAt: EpochMs | null }>;
};

export type Invite = Enrolment & {
  readonly hash: string;
  readonly created: EpochMs;
  readonly expires: EpochMs;
  readonly used: EpochMs | null;
  readonly probe: string | null;
};

export type InviteTable = {
  add: (invite: Invite) => Promise<void>;
  /** Invites that expire after `at`, and those that expired at most a week before, used or not. */
  recent: (at: EpochMs) => Promise<Invite[]>;
  /** Marks the invite used and stores the probe in one transaction. False when another probe was quicker. */
  redeem: (hash: string, probe: { id: string; publicKey: string; consent: string }, at: EpochMs) => Promise<boolean>;
};

export type EntryRow = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly target: string | null;
  readonly at: EpochMs;
  readonly text: string;
  readonly hash: string;
};

export type StoredEntry = EntryRow & { readonly id: number; readonly probe: string; readonly received: EpochMs };

/** A row of an archive, with the time its first collector received it and the signature made over it, if any. */
export type ArchivedRow = EntryRow & { readonly received: EpochMs; readonly signature?: string | null };

export type Append = {
  readonly probe: string;
  readonly received: EpochMs;
  /** The head that the rows continue; the call stores nothing and returns false when it is no longer the head. */
  readonly after: ChainHead;
  readonly rows: readonly EntryRow[];
  readonly signature: string | null;
};

export type Position = { readonly received: EpochMs; readonly probe: string; readonly seq: number };

export type RowQuery = Window & {
  readonly target: string | null;
  readonly asn: number | null;
  readonly region: string | null;
  readonly asOf: EpochMs;
  readonly after: Cursor<number> | null;
  readonly limit: number;
};

export type MeasurementRow = StoredEntry & { readonly asn: number | null; readonly region: string | null };

export type EntryTable = {
  /** Stores rows and the signature, and moves the probe's head: all or nothing, on disk when it resolves. */
  append: (append: Append) => Promise<boolean>;
  /** Adds rows of an archive by (probe, seq), skipping those present; returns how many were new. */
  addKnown: (probe: string, rows: readonly ArchivedRow[]) => Promise<number>;
  /**
   * Appends rows that were taken from elsewhere under a key of their own: all or nothing, and false when the key was
   * used before. `makeRows` is given the probe's head.
   */
  appendOnce: (probe: string, key: string, makeRows: (head: ChainHead) => readonly ArchivedRow[]) => Promise<boolean>;
  hashAt: (probe: string, seq: number) => Promise<string | null>;
  at: (probe: string, seq: number) => Promise<{ hash: string; text: string } | null>;
  /** The highest stored number below `seq`. */
  lastBelow: (probe: string, seq: number) => Promise<number | null>;
  /** The next entries in the order of (received, probe, seq). */
  inOrder: (after: Position, limit: number) => Promise<StoredEntry[]>;
  measurements: (query: RowQuery) => Promise<MeasurementRow[]>;
  latestLink: (probe: string) => Promise<StoredEntry | null>;
  signatures: (probe: string) => Promise<{ seq: number; hash: string; signature: string }[]>;
};

export type PresenceRow = {
  readonly probe: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly received: EpochMs | null;
};

export type PresenceTable = {
  open: (probe: string, from: EpochMs) => Promise<void>;
  /** Moves the last beat of open rows. */
  beats: (beats: readonly { probe: string; to: EpochMs }[], alive: EpochMs) => Promise<void>;
  close: (ends: readonly { probe: string; to: EpochMs }[], received: EpochMs) => Promise<void>;
  /** Closes what a collector that died left open, at the last stored beat. */
  closeAll: (received: EpochMs) => Promise<void>;
  /** Adds rows of an archive; one that is there is replaced only by later knowledge. Returns how many changed. */
  addKnown: (rows: readonly (PresenceRow & { received: EpochMs })[]) => Promise<number>;
  /** Rows that touch a window, ordered by start. */
  within: (window: Window) => Promise<PresenceRow[]>;
};

export type VerdictRow = Judged & { readonly id: number };

export type LatestRow = {
  readonly probe: string;
  readonly target: string;
  readonly asn: number | null;
  readonly region: string | null;
  readonly measured: EpochMs;
  readonly code: Judged["verdict"]["code"];
};

export type VerdictTable = {
  /** Stores verdicts by (probe, seq), replacing earlier ones. */
  put: (judged: readonly Judged[]) => Promise<void>;
  list: (query: RowQuery) => Promise<VerdictRow[]>;
  /** The verdict of one entry. */
  of: (probe: string, seq: number) => Promise<Verdict | null>;
  latest: (since: EpochMs) => Promise<LatestRow[]>;
};

export type IncidentQuery = Window & {
  /** Null: as known now. */
  readonly asOf: EpochMs | null;
  readonly openOnly: boolean;
  readonly limit: number;
};

export type IncidentTable = {
  /** Stores incidents as known from `at`; a change of substance makes a new revision, others replace the last. */
  put: (incidents: readonly Incident[], at: EpochMs) => Promise<void>;
  /** Ends the current revision of incidents that the analysis no longer holds. */
  withdraw: (ids: readonly string[], at: EpochMs) => Promise<void>;
  /** Incidents that touch the window, as they were known at `asOf`, newest start first. */
  list: (query: IncidentQuery) => Promise<Incident[]>;
  /** Ids known now with a start at or after `from`. */
  idsSince: (from: EpochMs) => Promise<string[]>;
};

export type EventTable = {
  /** Adds or replaces by id; returns how many were new or different. */
  put: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  /** Adds those whose id is not known; returns how many. */
  addKnown: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  within: (window: Window, limit: number) => Promise<WorldEvent[]>;
};

export type GapTable = {
  add: (gap: Window) => Promise<void>;
  within: (window: Window) => Promise<Window[]>;
};

export type StoredCheckpoint = { readonly size: number; readonly made: EpochMs; readonly note: string };

/** A witness's line below the head of a size; `witness` is its key as text. */
export type StoredCosignature = {
  readonly size: number;
  readonly witness: string;
  readonly made: EpochMs;
  readonly line: string;
};

/** What somebody who keeps time answered for a head (`note`), as it came. */
export type StoredStamp = {
  readonly size: number;
  readonly kind: "rfc3161" | "ots";
  readonly authority: string;
  readonly made: EpochMs;
  readonly note: string;
  readonly answer: Uint8Array;
};

/**
 * The transparency log: every stored entry is a leaf, written in the transaction of the entry. Places count from 0;
 * a place, size or tile beyond the log is the caller's fault (RangeError).
 */
export type LogTable = {
  size: () => Promise<number>;
  root: (size: number) => Promise<Hash>;
  /** Paths of RFC 9162 2.1.3 and 2.1.4; `many` is one proof for many leaves (protocol/merkle-many.ts). */
  inclusion: (index: number, size: number) => Promise<Hash[]>;
  consistency: (from: number, to: number) => Promise<Hash[]>;
  many: (indices: readonly number[], size: number) => Promise<Hash[]>;
  /** The first `width` hashes of a tile; fewer where the log does not go so far. */
  tile: (level: number, index: number, width: number) => Promise<Hash[]>;
  leafOf: (probe: string, seq: number) => Promise<{ leaf: number; hash: Hash } | null>;
  leaf: (index: number) => Promise<{ leaf: number; hash: Hash } | null>;
  /** Keeps a signed head; one of the same size takes the place of the one before. */
  addCheckpoint: (checkpoint: StoredCheckpoint) => Promise<void>;
  /** The head of a size, or the newest; null when there is none. */
  checkpoint: (size?: number) => Promise<StoredCheckpoint | null>;
  /** The first head that was signed at or after a moment; null when there is none. */
  checkpointFrom: (at: EpochMs) => Promise<StoredCheckpoint | null>;
  /** Heads of fewer than `below` leaves, the largest first. */
  checkpoints: (below: number, limit: number) => Promise<StoredCheckpoint[]>;
  /** Keeps a witness's line; a later one for the same size takes its place. */
  addCosignature: (cosignature: StoredCosignature) => Promise<void>;
  cosignatures: (size: number) => Promise<StoredCosignature[]>;
  /** Sizes of at most `most` leaves whose head somebody cosigned or stamped, the largest first. */
  witnessed: (most: number, limit: number) => Promise<number[]>;
  /** The smallest such size of at least `least` leaves; null when there is none. */
  witnessedFrom: (least: number) => Promise<number | null>;
  /** The largest size that a witness has cosigned; 0 when there is none. */
  cosignedSize: (witness: string) => Promise<number>;
  /** Keeps an answer; a later one of the same authority for the same size takes its place. */
  addStamp: (stamp: StoredStamp) => Promise<void>;
  /** Answers for heads of at most `most` leaves, the largest first. */
  stamps: (most: number, limit: number) => Promise<StoredStamp[]>;
};
