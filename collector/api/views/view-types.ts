/** Views of the pages on places, lists and the fleet. Like all of `types.ts`: times are RFC 3339 UTC, no probe is named. */

import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { OutsideRow } from "../../outside/types.ts";
import type { IncidentRow } from "../rows/incident-row.ts";
import type {
  CoverageCell,
  CoveragePoint,
  Gap,
  NameBook,
  Numbers,
  Report,
  Stamp,
  StateCell,
  TargetCell,
} from "../told.ts";
import type { TimelineView } from "./main-views.ts";

/**
 * Connected probes of one network or region over time. Both null: of several small ones together, since one of them
 * alone would be few (`few` in its points even then: still too few).
 */
export type PresenceRow = { region: string | null; asn: number | null; points: CoveragePoint[] };

/** The timeline's page: the timeline, and each of its networks (or of one network's regions) by itself. */
export type TimelinePageView = TimelineView & {
  rows: PresenceRow[];
  rowsBy: "network" | "region";
  /** Whether events are drawn. */
  eventsShown: boolean;
  /** Events around which a window can be chosen, newest first. */
  around: WorldEvent[];
  /** What other projects measured meanwhile. Only pages carry it: terms of theirs do not go with ours in one file. */
  outside: OutsideRow[];
};

export type { OutsideRow } from "../../outside/types.ts";

export type PlaceKind = "region" | "network";

/** All regions, or all networks: how each is now. */
export type PlacesView = Stamp & {
  names: NameBook;
  numbers?: Numbers;
  by: PlaceKind;
  sort: "name" | "worst";
  open: Incident[];
  /** Ended within thirty days. */
  recent: Incident[];
  coverage: CoverageCell[];
  cells: TargetCell[];
};

/** One region, or one network: now, and day by day. Exactly one of `region` and `asn` is set. */
export type PlaceView = Stamp & {
  names: NameBook;
  numbers?: Numbers;
  region: string | null;
  asn: number | null;
  open: Incident[];
  /** Those that touch the days shown, newest first. */
  incidents: Incident[];
  coverage: CoverageCell[];
  cells: TargetCell[];
  /** One point a day (UTC), oldest first: of each network in a region, or of each region of a network. */
  rows: PresenceRow[];
  from: string;
  to: string;
  gaps: Gap[];
  events: WorldEvent[];
  reports: Report[];
};

/** What a cell of the matrix tells. */
export const MATRIX_VALUES = ["connected", "sites", "dns", "incidents"] as const;
export type MatrixValue = (typeof MATRIX_VALUES)[number];

/** Regions against networks at one moment. */
export type MatrixView = Stamp & {
  names: NameBook;
  numbers?: Numbers;
  at: string;
  value: MatrixValue;
  sort: "name" | "worst";
  cells: StateCell[];
  /** Incidents that were open at the moment. */
  open: Incident[];
  gaps: Gap[];
};

/** How incidents were picked for a list; all that is null or false picks nothing. */
export type IncidentChoice = {
  region: string | null;
  asn: number | null;
  target: string | null;
  kind: Incident["kind"] | null;
  confidence: Incident["confidence"] | null;
  state: IncidentRow["state"] | null;
  from: string | null;
  to: string | null;
  open: boolean;
};

/** A list of incidents, newest first; `page` counts from 1. */
export type IncidentsView = Stamp & {
  names: NameBook;
  numbers?: Numbers;
  choice: IncidentChoice;
  /** As they may be cited; withdrawn and merged ones among them, marked. */
  incidents: IncidentRow[];
  /** Set where too few probes are connected to what was chosen to show an incident. */
  few?: true;
  page: number;
  /** True when there are more incidents than are read for one list. */
  cut: boolean;
};

/** A list of events, newest first. */
export type EventsView = Stamp & {
  names: NameBook;
  kind: WorldEvent["kind"] | null;
  region: string | null;
  from: string | null;
  to: string | null;
  events: WorldEvent[];
  page: number;
};

/** How fresh what arrives is: the time from a measurement to its receipt, over the newest measurements. */
export type Lag = { p50Ms: number; p95Ms: number; measurements: number };

/** Whether the silence of probes can be trusted: who watches, what we missed, and with which programs. */
export type FleetView = Stamp & {
  names: NameBook;
  numbers?: Numbers;
  coverage: CoverageCell[];
  controls: { known: number; present: number };
  /** Losses of connection found in thirty days: silence that was counted as a signal. */
  silences: Incident[];
  /** Probes by version of their program; versions of fewer than three probes are one row with `software` null. */
  versions: { software: string | null; probes: number }[];
  /** Null while nothing has been measured in a day. */
  lag: Lag | null;
  measurements: { total: number; lastAt: string | null };
  /** Times in which this collector did not run, newest first. */
  gaps: Gap[];
  /** Daily: smallest and largest number of connected probes. */
  days: CoveragePoint[];
};

/** What a site does in each region and network, for its own page. */
export type ExploreView = Stamp & {
  names: NameBook;
  targets: string[];
  region: string | null;
  asn: number | null;
  /** Null: connected probes; else the share of this site's measurements with signs of interference. */
  target: string | null;
  from: string;
  to: string;
  /** Connected probes, or counts of one site, in equal steps. */
  presence: CoveragePoint[];
  findings: FindingPoint[];
};

/** Judgements of one site in one step; `few`: too few probes to tell counts, only whether there was interference. */
export type FindingPoint = {
  from: string;
  to: string;
  measured: number;
  interfered: number;
  few?: true;
};
