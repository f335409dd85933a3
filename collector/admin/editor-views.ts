/** What editors and reviewers work on: events, reports, statements, legal bases, incidents. */
import type { WorldEvent } from "../../protocol/event.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { LegalBasis, PublishedVersion, ReviewAct, Statement } from "../../protocol/publication.ts";
import type { KeptReport, Report } from "../api/told.ts";

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
export type ReportsView = {
  readonly reports: readonly ReportRow[];
  /** Numbers that ids of incidents lead to. */
  readonly numbers: ReadonlyMap<string, string>;
};
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
