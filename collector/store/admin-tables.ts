import type { Incident } from "../../protocol/incident.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./window.ts";

/** What the collector keeps for those who run it, and for those whom it tells of incidents. */
export type AdminTables = {
  readonly accounts: AccountTable;
  readonly passkeys: PasskeyTable;
  readonly sessions: SessionTable;
  readonly audit: AuditTable;
  readonly eventEntries: EventEntryTable;
  readonly subscriptions: SubscriptionTable;
  readonly alerts: AlertTable;
  readonly outside: OutsideTable;
};

export type StoredAccount = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Scrypt with its parameters and salt, as text. */
  readonly password: string;
  /** Secret of the one-time codes, base32. */
  readonly totp: string;
  readonly totpStep: number;
  /** Wrong passwords in a row. */
  readonly failures: number;
  /** No password is tried before this moment. */
  readonly retry: EpochMs;
  readonly created: EpochMs;
  readonly disabled: EpochMs | null;
};

export type AccountTable = {
  /** False when the name is taken. */
  add: (account: StoredAccount) => Promise<boolean>;
  byName: (name: string) => Promise<StoredAccount | null>;
  byId: (id: string) => Promise<StoredAccount | null>;
  all: () => Promise<StoredAccount[]>;
  /** Sets what is given; all else stays. */
  change: (
    id: string,
    change: Partial<Pick<StoredAccount, "role" | "password" | "totp" | "failures" | "retry" | "disabled">>,
  ) => Promise<void>;
  /** Marks the time step of a one-time code as used; false when it, or a later one, was used before. */
  useStep: (id: string, step: number) => Promise<boolean>;
};

export type StoredPasskey = {
  readonly id: string;
  readonly account: string;
  readonly label: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly created: EpochMs;
  readonly used: EpochMs | null;
};

export type PasskeyTable = {
  add: (passkey: StoredPasskey) => Promise<void>;
  byId: (id: string) => Promise<StoredPasskey | null>;
  of: (account: string) => Promise<StoredPasskey[]>;
  used: (id: string, counter: number, at: EpochMs) => Promise<void>;
  remove: (account: string, id: string) => Promise<boolean>;
};

/** `hash` is that of the token: the token itself is kept by the browser alone. */
export type StoredSession = {
  readonly hash: string;
  readonly account: string;
  readonly created: EpochMs;
  readonly seen: EpochMs;
};

export type SessionTable = {
  add: (session: StoredSession) => Promise<void>;
  byHash: (hash: string) => Promise<StoredSession | null>;
  seen: (hash: string, at: EpochMs) => Promise<void>;
  end: (hash: string) => Promise<void>;
  /** Ends all sessions of an account but one; returns how many. */
  endOthers: (account: string, kept: string | null) => Promise<number>;
  /** Forgets sessions that began or were last seen before. */
  forget: (createdBefore: EpochMs, seenBefore: EpochMs) => Promise<void>;
};

/** A row of the audit log as stored; `text` is canonical JSON that names the hash of the row before. */
export type AuditRow = { readonly seq: number; readonly text: string; readonly hash: string };

export type AuditTable = {
  /** Appends what `make` gives for the row before (null: none), in one transaction. */
  append: (make: (before: AuditRow | null) => AuditRow) => Promise<void>;
  /** Rows before `seq`, the newest first. */
  before: (seq: number, limit: number) => Promise<AuditRow[]>;
  /** Rows after `seq`, the oldest first. */
  after: (seq: number, limit: number) => Promise<AuditRow[]>;
};

export type EventEntry = { readonly event: string; readonly entered: EpochMs; readonly editor: string | null };

export type EventEntryTable = {
  /** Notes when events were first put on record; later notes of the same event change nothing. */
  note: (events: readonly string[], entered: EpochMs, editor: string | null) => Promise<void>;
  of: (events: readonly string[]) => Promise<EventEntry[]>;
};

export type SubscriptionRow = { readonly id: string; readonly created: EpochMs; readonly subscription: string };

export type SubscriptionTable = {
  add: (row: SubscriptionRow) => Promise<void>;
  all: () => Promise<SubscriptionRow[]>;
  /** With all of its alerts; false when there is none. */
  remove: (id: string) => Promise<boolean>;
};

export const ALERT_PHASES = ["start", "end"] as const;
export type AlertPhase = (typeof ALERT_PHASES)[number];

export type AlertRow = {
  readonly id: number;
  readonly subscription: string;
  readonly incident: string;
  readonly phase: AlertPhase;
  readonly state: "waiting" | "sent" | "dead";
  readonly key: string;
  readonly message: string;
  readonly created: EpochMs;
  readonly due: EpochMs;
  readonly tries: number;
  readonly finished: EpochMs | null;
  readonly problem: string | null;
};
export type NewAlert = Pick<AlertRow, "subscription" | "incident" | "phase" | "key" | "message"> & {
  /** `sent`: what it would tell was told already, and it only keeps its place. */
  readonly state: "waiting" | "sent";
};

export type AlertTable = {
  /** Adds those that have no row yet, as far as fewer than `bound` wait; returns how many had no room. */
  add: (alerts: readonly NewAlert[], at: EpochMs, bound: number) => Promise<number>;
  /** The oldest waiting alert of each subscription, where it is due. */
  due: (at: EpochMs) => Promise<AlertRow[]>;
  sent: (id: number, at: EpochMs) => Promise<void>;
  /** A try failed: the next one is at `due`; null ends it as dead. */
  failed: (id: number, problem: string, at: EpochMs, due: EpochMs | null) => Promise<void>;
  /** Lets a dead alert be tried again. */
  revive: (id: number, at: EpochMs) => Promise<boolean>;
  ofIncidents: (
    incidents: readonly string[],
  ) => Promise<Pick<AlertRow, "subscription" | "incident" | "phase" | "state">[]>;
  /** Incidents of which a start was told or waits, and no end. */
  unended: () => Promise<string[]>;
  /** An incident of the analysis as it was last known, when it was first stored, and whether it still holds it. */
  known: (incident: string) => Promise<{ incident: Incident; firstStored: EpochMs; current: boolean } | null>;
  counts: () => Promise<Record<AlertRow["state"], number>>;
  recent: (limit: number) => Promise<AlertRow[]>;
  /** Forgets alerts finished before. */
  forget: (before: EpochMs) => Promise<void>;
};

export type OutsideImport = {
  readonly id: number;
  readonly source: string;
  readonly address: string | null;
  readonly licence: string;
  readonly retrieved: EpochMs;
  readonly sha256: string;
  readonly size: number;
};

export type OutsideSeriesRow = {
  readonly import: OutsideImport;
  readonly id: number;
  /** JSON of the parsed series. */
  readonly series: string;
};

export type NewOutside = Omit<OutsideImport, "id"> & {
  /** The bytes as received, gzipped. */
  readonly body: Uint8Array;
  readonly series: readonly (Window & { readonly text: string })[];
};

export type OutsideTable = {
  /** False when the same bytes of the same source are there. */
  add: (outside: NewOutside) => Promise<boolean>;
  /** Series that touch a window, those retrieved last first. */
  within: (window: Window, limit: number) => Promise<OutsideSeriesRow[]>;
  imports: (limit: number) => Promise<OutsideImport[]>;
  /** The bytes as received, gzipped; null when there is no such import. */
  body: (id: number) => Promise<{ import: OutsideImport; body: Uint8Array } | null>;
  remove: (id: number) => Promise<boolean>;
};
