/** What the screens of the administration show, and all that their pages know of it. Times are RFC 3339 UTC text. */

import type { Language, NameBook } from "../api/told.ts";
import type {
  EventFormView,
  EventsView,
  IncidentsView,
  IncidentView,
  LegalView,
  PreviewView,
  ReportFormView,
  ReportsView,
  StatementFormView,
  StatementsView,
} from "./editor-views.ts";
import type {
  AccountsView,
  AccountView,
  AlertsView,
  AuditView,
  CardView,
  HealthView,
  OutsideView,
  ProbesView,
  SettingsView,
} from "./operator-views.ts";
import type { AdminRole } from "./roles.ts";

export type { ReviewAct } from "../../protocol/publication.ts";
export type * from "./editor-views.ts";
export type * from "./operator-views.ts";
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
  readonly enoughProbes: number;
};

export type SignInView = {
  readonly why: "wrong" | "wait" | "over" | null;
  readonly waitS: number;
  readonly name: string;
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
