import type { ProbeInfo } from "../../protocol/archive.ts";
import type { ChainHead } from "../../protocol/chain.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Access, Role } from "../../protocol/primitives.ts";
import type { EntryKind } from "../../protocol/records/entry.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { AdminTables } from "./admin-tables.ts";
import type { LegalTable, RegistryTable, StatementTable } from "./legal-tables.ts";
import type { LogTable } from "./log-table.ts";
import type { PublicationTable } from "./publication-tables.ts";
import type { RollupTable } from "./rollups.ts";
import type { Page, RowQuery } from "./rows.ts";
import type { VerdictTable } from "./verdict-table.ts";
import type { Window } from "./window.ts";
import type { EventTable, GapTable, ReportTable } from "./world-tables.ts";

export type { LogTable, StoredCheckpoint, StoredCosignature, StoredStamp } from "./log-table.ts";
export type { Cursor, Page, RowFilter, RowQuery } from "./rows.ts";
export type { LatestRow, LatestTally, VerdictRow, VerdictTable } from "./verdict-table.ts";
export type { Window } from "./window.ts";

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
  /** Beats that came over DNS only. */
  readonly dnsPresence: PresenceTable;
  readonly verdicts: VerdictTable;
  readonly incidents: IncidentTable;
  readonly publications: PublicationTable;
  readonly legal: LegalTable;
  readonly registry: RegistryTable;
  readonly statements: StatementTable;
  readonly events: EventTable;
  readonly reports: ReportTable;
  readonly gaps: GapTable;
  readonly log: LogTable;
  readonly rollups: RollupTable;
  readonly days: DayTable;
  readonly admin: AdminTables;
  /** Refreshes the planner's statistics; call now and then. */
  maintain: () => Promise<void>;
  close: () => Promise<void>;
};

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
  measurements: (query: RowQuery) => Promise<Page<MeasurementRow>>;
  /** A measurement by the time and the first digits of the hash that make its public id. */
  measurement: (at: EpochMs, hash: string) => Promise<MeasurementRow | null>;
  /** The highest id so far: it grows with each entry stored. */
  lastId: () => Promise<number>;
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

export type IncidentQuery = Window & {
  /** Null: as known now. */
  readonly asOf: EpochMs | null;
  readonly openOnly: boolean;
  readonly limit: number;
};

export type IncidentTable = {
  /** Stores incidents as known from `at`; a change of substance makes a new revision, others replace the last of the day (UTC). */
  put: (incidents: readonly Incident[], at: EpochMs) => Promise<void>;
  /** Ends the current revision of incidents that the analysis no longer holds. */
  withdraw: (ids: readonly string[], at: EpochMs) => Promise<void>;
  /** Incidents that touch the window, as they were known at `asOf`, newest start first. */
  list: (query: IncidentQuery) => Promise<Incident[]>;
  /** One as it was known at `asOf` (null: now); null where none was. */
  byId: (id: string, asOf: EpochMs | null) => Promise<Incident | null>;
  /** Ids known now with a start at or after `from`. */
  idsSince: (from: EpochMs) => Promise<string[]>;
  /** When incidents last changed in any way: it never goes back. */
  lastChange: () => Promise<EpochMs>;
  /** Changes of substance after one, oldest first; they are numbered from 1 without a hole. */
  changes: (after: number, limit: number) => Promise<IncidentChange[]>;
  lastChangeNumber: () => Promise<number>;
};

/** `withdrawn`: the analysis no longer holds it; the incident is as it was last. */
export type IncidentChange = {
  readonly number: number;
  readonly at: EpochMs;
  readonly what: "opened" | "changed" | "closed" | "withdrawn";
  readonly incident: Incident;
};

/** Days (UTC) of which anything is stored. `changes` grows whenever measurements, verdicts or presences of a day change. */
export type DayTable = { all: () => Promise<{ day: string; changes: number }[]> };
