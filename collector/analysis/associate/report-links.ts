import type { Incident } from "../../../protocol/incident.ts";
import type { EpochMs } from "../types.ts";
import { meet } from "./episodes.ts";

/** What a report says that can be held against measurements. */
export type ReportScope = {
  readonly kind: "shutdown" | "block" | "throttle" | "interception" | "other";
  readonly place: string;
  readonly start: string;
  readonly end: string | null;
  readonly precision: "minute" | "hour" | "day" | "month";
  readonly targets: readonly string[];
};

/** A measured incident that a report may speak of, and why it is thought so. The two are never made one. */
export type ReportLink = { readonly incident: string; readonly reason: string };

const DAY_MS = 86_400_000;
/** How far the times of a report may be off: local dates lie up to half a day beside UTC. */
const SLACK_MS = { minute: 600_000, hour: 3_600_000, day: DAY_MS, month: 31 * DAY_MS };
/** Kinds of incident that people may mean by a word; outages are often told as shutdowns, throttles as blocks. */
const MEANT: Readonly<Record<ReportScope["kind"], readonly Incident["kind"][]>> = {
  shutdown: ["shutdown", "outage"],
  block: ["block", "throttle"],
  throttle: ["throttle", "block"],
  interception: ["interception"],
  other: [],
};

/** Incidents whose kind, time, place and targets overlap with what a report says, each with the reason in words. */
export function linksOf(report: ReportScope, incidents: readonly Incident[]): ReportLink[] {
  return incidents.flatMap((incident) => {
    const shared = incident.targets.filter((target) => report.targets.includes(target));
    const sameTargets = incident.targets.length === 0 || report.targets.length === 0 || shared.length > 0;
    const samePlace = report.place === "KZ" || meet(incident.regions, [report.place]);
    if (!MEANT[report.kind].includes(incident.kind) || !sameTargets || !samePlace) return [];
    if (!overlaps(report, incident)) return [];
    const what =
      shared.length > 0 ? `both name ${shared.join(", ")}` : `a reported ${report.kind}, a measured ${incident.kind}`;
    const where =
      report.place === "KZ" || incident.regions.length === 0
        ? "the place is not contradicted"
        : `both in ${report.place}`;
    return [
      { incident: incident.id, reason: `times overlap (reported to the ${report.precision}); ${where}; ${what}` },
    ];
  });
}

function overlaps(report: ReportScope, { start, end }: Incident): boolean {
  const slack = SLACK_MS[report.precision];
  const from: EpochMs = Date.parse(report.start) - slack;
  const to: EpochMs = Date.parse(report.end ?? report.start) + slack;
  return Date.parse(start.earliest) <= to && (end === null || Date.parse(end.latest) >= from);
}
