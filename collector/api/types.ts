/**
 * What the collector tells the outside, and all that the dashboards know of it. Times are RFC 3339 UTC text. No field
 * names a single volunteer's probe. Everything is defined below; files of the collector's own folders import from there.
 */
export type { WorldEvent } from "../../protocol/event.ts";
export type { Cause, Incident, Interval } from "../../protocol/incident.ts";
export type { Access } from "../../protocol/primitives.ts";
export type { LegalBasis, PublishedVersion, RegistryLookup, Statement } from "../../protocol/publication.ts";
export type { LinkState } from "../../protocol/records/link.ts";
export type { Category, Target } from "../../protocol/target.ts";
export type { VerdictCode } from "../../protocol/verdict.ts";
export type { Overlap } from "../analysis/associate/findings.ts";
export type { ReportLink } from "../analysis/associate/report-links.ts";
export type { OutsideRow } from "../outside/types.ts";
export type { Difference } from "../publication/difference.ts";
export * from "./enough-probes.ts";
export type * from "./reference/view.ts";
export type { IncidentRow } from "./rows/incident-row.ts";
export type * from "./told.ts";
export type * from "./views/main-views.ts";
export * from "./views/pages.ts";
export * from "./views/view-types.ts";
