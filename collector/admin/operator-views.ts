/** What operators see and do: health, probes, alerts, outside series, settings, accounts, the trail of acts. */
import type { Language } from "../api/told.ts";

export type JobRow = { readonly job: string; readonly ok: boolean; readonly at: string; readonly seconds: number };
export type HealthView = {
  readonly startedAt: string;
  readonly rulesVersion: string;
  readonly software: string;
  readonly witnesses: { readonly known: number; readonly present: number };
  readonly controls: { readonly known: number; readonly present: number };
  readonly versions: readonly { readonly software: string; readonly probes: number }[];
  readonly measurements: { readonly total: number; readonly lastAt: string | null };
  readonly logEntries: number;
  readonly storeBytes: number;
  readonly journalBytes: number;
  readonly freeBytes: number;
  readonly turnsWaiting: number;
  readonly eventLoopMs: number;
  readonly memoryBytes: number;
  readonly rejectedSignatures: number;
  readonly alerts: { readonly waiting: number; readonly sent: number; readonly dead: number };
  readonly openIncidents: number;
  readonly jobs: readonly JobRow[];
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
};

/** One probe, by a short name that is not its id: what is shown here must not be found again in an archive. */
export type ProbeRow = {
  readonly short: string;
  readonly role: "witness" | "control";
  readonly region: string | null;
  readonly asn: number | null;
  readonly access: "fixed" | "mobile" | null;
  readonly own: boolean;
  readonly joined: string;
  readonly left: string | null;
  readonly revoked: boolean;
  readonly present: boolean;
  readonly lastHeard: string | null;
  /** Share of the last seven days in which it beat; null when it joined later than that and for less than an hour. */
  readonly presence: number | null;
  readonly software: string | null;
  readonly entries: number;
  /** Its latest judgement of each site within a day, by what it says of the probe. */
  readonly judged: { readonly told: number; readonly unclear: number; readonly ownLine: number };
  readonly clockOffsetMs: number | null;
  readonly vpn: boolean;
};
export type InviteRow = {
  readonly role: string;
  readonly region: string | null;
  readonly asn: number | null;
  readonly access: string | null;
  readonly expires: string;
  readonly used: boolean;
};
export type ProbesView = {
  readonly probes: readonly ProbeRow[];
  readonly invites: readonly InviteRow[];
  /** The probe that was looked for by the id that a volunteer read out; `asked` and none: it has not joined. */
  readonly found: { readonly asked: boolean; readonly short: string | null };
  readonly wish: Readonly<Record<string, string>>;
};
export type CardView = {
  readonly code: string;
  readonly invitation: string | null;
  /** Squares of the QR code, row by row. */
  readonly squares: readonly (readonly boolean[])[];
  readonly expiresAt: string;
  readonly region: string | null;
  readonly role: string;
};

export type SubscriptionRow = {
  readonly id: string;
  readonly created: string;
  readonly kind: string;
  readonly to: string;
  readonly label: string;
  readonly language: Language;
  readonly confidence: string;
  readonly regions: readonly string[];
  readonly asns: readonly number[];
  readonly targets: readonly string[];
  readonly kinds: readonly string[];
};
export type AlertRowView = {
  readonly id: number;
  readonly subscription: string;
  readonly incident: string;
  readonly phase: "start" | "end";
  readonly state: "waiting" | "sent" | "dead";
  readonly created: string;
  readonly tries: number;
  readonly problem: string | null;
};
export type AlertsView = {
  readonly subscriptions: readonly SubscriptionRow[];
  readonly recent: readonly AlertRowView[];
  readonly ready: readonly string[];
  readonly wish: Readonly<Record<string, string>>;
  /** Key of a webhook that was just added: shown this once. */
  readonly secret: string | null;
};

export type OutsideView = {
  readonly imports: readonly {
    readonly id: number;
    readonly source: string;
    readonly address: string | null;
    readonly licence: string;
    readonly retrieved: string;
    readonly sha256: string;
    readonly size: number;
  }[];
  readonly sources: readonly { readonly id: string; readonly name: string }[];
};

export type SettingsView = { readonly enough: number; readonly least: number; readonly most: number };

export type AccountView = {
  readonly passkeys: readonly {
    readonly id: string;
    readonly label: string;
    readonly created: string;
    readonly used: string | null;
  }[];
};
export type AccountsView = {
  readonly accounts: readonly {
    readonly name: string;
    readonly role: string;
    readonly created: string;
    readonly disabled: boolean;
    readonly passkeys: number;
    readonly paused: boolean;
  }[];
};

export type AuditView = {
  readonly entries: readonly {
    readonly seq: number;
    readonly at: string;
    readonly by: string | null;
    readonly act: string;
    readonly subject: string;
    readonly detail: string;
  }[];
  readonly holds: { readonly entries: number; readonly brokenAt: number | null; readonly head: string };
  readonly older: number | null;
};
