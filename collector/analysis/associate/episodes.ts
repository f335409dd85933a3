import type { Incident } from "../../../protocol/incident.ts";
import type { EpochMs } from "../types.ts";
import { ASSOCIATION } from "./settings.ts";

/** What may follow an event: kinds of incident, and power cuts, which should not. */
export const OUTCOMES = ["shutdown", "block", "throttle", "interception", "power outage"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Incidents that are one story: the first start counts. No regions: all that were watched. */
export type EpisodeStart = { regions: readonly string[]; from: EpochMs; to: EpochMs };

/** What an incident counts as; null: a loss without a known nature, which speaks for nothing. */
export function outcomeOf({ kind, causes }: Incident): Outcome | null {
  if (kind !== "outage") return kind;
  const leading = causes[0];
  return leading?.cause === "power cut" && leading.verdict === "supported" ? "power outage" : null;
}

/**
 * The starts of one kind of incident, each episode once: incidents that name one episode, and those that begin in one
 * place within two days of the one before. Incidents that began before watching did tell no start.
 */
export function episodeStarts(incidents: readonly Incident[], outcome: Outcome): EpisodeStart[] {
  const starts = incidents
    .filter((incident) => incident.startUnknown !== true && outcomeOf(incident) === outcome)
    .map(({ id, regions, start, episode }) => ({
      regions,
      // An episode is named after its first incident, which may not say so itself.
      episode: episode ?? id,
      from: Date.parse(start.earliest),
      to: Date.parse(start.latest),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.regions.join() < b.regions.join() ? -1 : 1));
  const episodes: (EpisodeStart & { episode: string; last: EpochMs })[] = [];
  for (const start of starts) {
    const known = episodes.find(
      (one) =>
        one.episode === start.episode ||
        (start.from - one.last <= ASSOCIATION.episodeMs && meet(one.regions, start.regions)),
    );
    if (known === undefined) episodes.push({ ...start, last: start.from });
    else known.last = Math.max(known.last, start.from);
  }
  return episodes.map(({ regions, from, to }) => ({ regions, from, to }));
}

/** Whether two lists of regions share one; an empty list is everywhere. */
export function meet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((region) => b.includes(region));
}
