/** What the screens of the administration show, and all that their pages know of it. Times are RFC 3339 UTC text. */
import type { Incident } from "../../protocol/incident.ts";
import type { LegalBasis, PublishedVersion, ReviewAct, Statement } from "../../protocol/publication.ts";
import type { KeptReport } from "../api/kept-reports.ts";
import type { Language, NameBook, Report, WorldEvent } from "../api/types.ts";
import type { AdminRole } from "./roles.ts";

export type { ReviewAct } from "../../protocol/publication.ts";
export type { AdminRole } from "./roles.ts";

/** Screens of the navigation, in its order, each with the least role that sees it. */
export const SCREENS = {
  home: { path: "", role: "viewer" },
  incidents: { path: "/incidents", role: "viewer" },
  events: { path: "/events", role: "viewer" },
  reports: { path: "/reports", role: "viewer" },
  statements: { path: "/statements", role: "viewer" },
  legal: { path: "/legal", role: "viewer" },
  probes: { path: "/probes", role: "viewer" },
  alerts: { path: "/alerts", role: "operator" },
  outside: { path: "/outside", role: "viewer" },
  settings: { path: "/settings", role: "viewer" },
  accounts: { path: "/accounts", role: "operator" },
  audit: { path: "/audit", role: "viewer" },
  account: { path: "/account", role: "viewer" },
} as const satisfies Record<string, { path: string; role: AdminRole }>;
export type Screen = keyof typeof SCREENS;

/** What may be said at the top of a page after something was done. */
export const DONE = [
  ...[
    "saved",
    "removed",
    "withdrawn",
    "imported",
    "known",
    "revoked",
    "sent",
    "tried",
    "passkey",
    "password",
    "reviewed",
    "revived",
  ],
] as const;
export type Done = (typeof DONE)[number];

/** What stands around every screen. */
export type Frame = {
  readonly language: Language;
  /** Path below the language, with its query: the same screen in another language. */
  readonly path: string;
  /** Null on the page for signing in. */
  readonly who: { readonly name: string; readonly role: AdminRole } | null;
  /** What every form must carry back. */
  readonly token: string;
  readonly done: Done | null;
  /** What was wrong with what was sent, in words of the program (English). */
  readonly problem: string | null;
  readonly now: string;
  readonly names: NameBook;
};

export type SignInView = {
  readonly why: "wrong" | "wait" | "over" | null;
  readonly waitS: number;
  readonly name: string;
};

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

/** An event with when it was put on record; `late`: after the day of its start, when what was found was known. */
export type EventRow = WorldEvent & {
  readonly entered: string | null;
  readonly editor: string | null;
  readonly late: boolean;
};
export type EventsView = { readonly events: readonly EventRow[]; readonly from: string; readonly to: string };
export type EventFormView = { readonly values: Readonly<Record<string, string>>; readonly isNew: boolean };
export type PreviewView = {
  readonly format: string;
  readonly events: readonly EventRow[];
  readonly refused: readonly { readonly line: number; readonly problem: string }[];
  /** The text itself, which the second step sends again. */
  readonly text: string;
};

export type ReportRow = Report & Pick<KeptReport, "origin" | "withdrawn">;
export type ReportsView = { readonly reports: readonly ReportRow[] };
export type ReportFormView = EventFormView;

export type StatementsView = { readonly statements: readonly Statement[] };
export type StatementFormView = { readonly values: Readonly<Record<string, string>>; readonly isNew: boolean };
export type LegalView = {
  /** The newest version of each record, latest first. */
  readonly records: readonly LegalBasis[];
  readonly versions: number;
  readonly values: Readonly<Record<string, string>>;
};

export type IncidentRow = { readonly incident: Incident; readonly number: string | null; readonly held: boolean };
export type IncidentsView = {
  readonly published: readonly PublishedVersion[];
  readonly heldNumbers: readonly string[];
  /** Found by the analysis, without a number. */
  readonly unnumbered: readonly IncidentRow[];
  readonly acts: readonly ReviewAct[];
};
export type IncidentView = {
  readonly subject: string;
  readonly number: string | null;
  readonly held: boolean;
  /** What the analysis holds now, if it does. */
  readonly current: Incident | null;
  readonly versions: readonly PublishedVersion[];
  readonly acts: readonly ReviewAct[];
  readonly others: readonly string[];
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

/** The second step before something that cannot be undone: the same form again, with `sure`. */
export type ConfirmView = {
  readonly what: Confirmed;
  readonly subject: string;
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly back: string;
};
export const CONFIRMED = [
  ...[
    "revoke",
    "removeEvent",
    "withdrawReport",
    "merge",
    "split",
    "tombstone",
    "removeAlert",
    "removeOutside",
    "removePasskey",
  ],
  ...["disable", "threshold"],
] as const;
export type Confirmed = (typeof CONFIRMED)[number];

type Show<View> = (view: View, frame: Frame) => string;

/** Pages of the administration: view in, whole HTML document out. */
export type AdminPages = {
  readonly signIn: Show<SignInView>;
  readonly home: Show<HealthView>;
  readonly probes: Show<ProbesView>;
  readonly card: Show<CardView>;
  readonly events: Show<EventsView>;
  readonly eventForm: Show<EventFormView>;
  readonly preview: Show<PreviewView>;
  readonly reports: Show<ReportsView>;
  readonly reportForm: Show<ReportFormView>;
  readonly statements: Show<StatementsView>;
  readonly statementForm: Show<StatementFormView>;
  readonly legal: Show<LegalView>;
  readonly incidents: Show<IncidentsView>;
  readonly incident: Show<IncidentView>;
  readonly alerts: Show<AlertsView>;
  readonly outside: Show<OutsideView>;
  readonly settings: Show<SettingsView>;
  readonly account: Show<AccountView>;
  readonly accounts: Show<AccountsView>;
  readonly audit: Show<AuditView>;
  readonly confirm: Show<ConfirmView>;
  /** A page that says why nothing was done: `missing`, `forbidden`, `stale` (the form is too old), `wrong`. */
  readonly refused: (why: Refused, frame: Frame) => string;
};
export type Refused = "missing" | "forbidden" | "stale" | "wrong" | "fault";
