import type { Incident } from "../../../protocol/incident.ts";
import { isOrderedLeading, weighCauses } from "../detect/causes.ts";
import { extentOf } from "../detect/extent.ts";
import { begunBy, isConfirmed, type Loss } from "../detect/loss.ts";
import type { Knowledge } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import { interval, sorted, utc } from "./text.ts";

/** A burst of losses followed through its life. */
export type LossGroup = {
  id: string;
  /** Losses by probe; a further wave for each time that most were back and were lost again soon after. */
  waves: Map<string, Loss>[];
  detectedAt: EpochMs;
  /** Probes of the same regions that stayed, and how the controls fared, when it was found. */
  stayed: readonly { access: string | null }[];
  controls: { known: number; lost: number };
};

/** Start and end as far as the records tell them. */
export type Edges = { start: [EpochMs, EpochMs]; end: [EpochMs, EpochMs] | null };

/**
 * The incident that a burst of losses makes: `shutdown` when an ordered cut leads the causes, else `outage`. Null when
 * too few real losses remain, or when it was the collector's fault: that is a note on coverage, no incident.
 */
export function lossIncident(group: LossGroup, knowledge: Knowledge): Incident | null {
  const waves = group.waves
    .map((wave) => [...wave.values()].filter((loss) => !loss.void))
    .filter((wave) => wave.length > 0);
  const [first, last] = [waves[0], waves.at(-1)];
  const told = firstOfEach(waves.flat());
  if (first === undefined || last === undefined || told.length < knowledge.settings.minProbes) return null;
  const degree = extentOf(told.map(({ degrees }) => degrees));
  const extent = degree === "mobile-only" || degree === "degraded" ? null : degree;
  const causes = weighCauses({ losses: told, stayed: group.stayed, extent, controls: group.controls }, knowledge);
  if (causes[0]?.cause === "collector fault") return null;
  const mobileOnly =
    told.every(({ probe }) => probe.access === "mobile") && group.stayed.some(({ access }) => access === "fixed");
  const { start } = edgesOf(first, knowledge);
  const { end } = edgesOf(last, knowledge);
  const confirmed = told.filter(isConfirmed).length;
  return {
    id: group.id,
    kind: isOrderedLeading(causes) ? "shutdown" : "outage",
    method: null,
    extent: mobileOnly && (extent === null || extent === "total") ? "mobile-only" : extent,
    targets: [],
    asns: sorted(told.map(({ probe }) => probe.asn)),
    regions: sorted(told.map(({ probe }) => (probe.region?.startsWith("KZ-") ? probe.region : null))),
    access: sorted(told.map(({ probe }) => probe.access)),
    start: interval(...start),
    end: end === null ? null : interval(...end),
    detectedAt: utc(group.detectedAt),
    confidence: confirmed >= 3 ? "confirmed" : confirmed >= 2 ? "probable" : "observed",
    witnesses: told.length,
    measurements: waves.flat().reduce((sum, loss) => sum + 1 + total(loss.degrees), 0),
    causes,
  };
}

/** One loss a probe, its first. */
function firstOfEach(losses: readonly Loss[]): Loss[] {
  const seen = new Map<string, Loss>();
  for (const loss of losses) if (!seen.has(loss.probe.id)) seen.set(loss.probe.id, loss);
  return [...seen.values()];
}

/**
 * The start lies after the last proof that all was well anywhere and before the first that it was not; where these
 * cross, the loss was staggered and the first victim's bounds stand. The end lies the same way, once most are back.
 */
export function edgesOf(losses: readonly Loss[], knowledge: Knowledge): Edges {
  const earliest = Math.max(...losses.map(({ lastGood }) => lastGood));
  const latest = Math.min(...losses.map(begunBy));
  const first = losses.reduce((best, loss) => (begunBy(loss) < begunBy(best) ? loss : best));
  const start: [EpochMs, EpochMs] =
    earliest <= latest ? [earliest, latest] : [Math.min(first.lastGood, latest), latest];
  return { start, end: endOf(losses, start[1], knowledge) };
}

function endOf(losses: readonly Loss[], begun: EpochMs, { settings }: Knowledge): [EpochMs, EpochMs] | null {
  const back = losses
    .map(({ endedAt }) => endedAt)
    .filter((at) => at !== null)
    .sort((a, b) => a - b);
  if (back.length < Math.ceil(settings.clearShare * losses.length)) return null;
  // One probe that comes back long before the others has found another way, or flapped.
  const first = back.find(
    (at) => back.filter((other) => other >= at && other <= at + settings.burstWindowMs).length * 2 >= back.length,
  );
  const by = Math.max(begun, first ?? back[0] ?? begun);
  const bad = losses.map(({ lastBad }) => lastBad).filter((at) => at !== null && at <= by);
  return [Math.max(begun, ...bad.filter((at) => at !== null)), by];
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
