import type { Incident } from "../../../protocol/incident.ts";
import { isOrderedLeading, weighLoss } from "../causes/loss-causes.ts";
import { leadingCause } from "../causes/weigh.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Pace } from "../losses/burst.ts";
import { degreeCounts, extentOf, publishedExtent } from "../losses/extent.ts";
import { isConfirmed, isReal, type Loss, lostPower } from "../losses/loss.ts";
import { cellsOf, edgesOf, firstOfEach, withoutStrays } from "../losses/loss-edges.ts";
import type { EpochMs } from "../types.ts";
import { interval, sorted, utc } from "./text.ts";

/** A burst of losses followed through its life. A probe has several where it was lost again while the cut flapped. */
export type LossGroup = {
  id: string;
  losses: Loss[];
  /** When it began, as known when it was found. */
  moment: EpochMs;
  pace: Pace;
  detectedAt: EpochMs;
  /** Probes that were expected where it struck, and those of the same regions that stayed, by id. */
  expected: Set<string>;
  stayed: Map<string, { id: string; access: string | null }>;
  /** How the controls fared when it was found. */
  controls: { known: number; lost: number };
};

/** Parts published at most. */
const PARTS = 64;

/**
 * The incident that a burst of losses makes: `shutdown` when an ordered cut leads the causes, else `outage`. Null when
 * too few real losses remain, or when it was a fault of our own (collector, release): that is a note on coverage; and
 * when a slow fade turns out to be hosts going off one by one.
 */
export function lossIncident(group: LossGroup, knowledge: Knowledge): Incident | null {
  const { settings } = knowledge;
  const losses = withoutStrays(group.losses.filter(isReal), settings);
  const told = firstOfEach(losses);
  if (told.length < settings.minProbes) return null;
  if (group.pace === "fade" && told.filter(lostPower).length * 2 >= told.length) return null;
  const { start, end } = edgesOf(losses, settings);
  const lost = new Set(told.map(({ probe }) => probe.id));
  const stayed = [...group.stayed.values()].filter(({ id }) => !lost.has(id));
  const degrees = told.map((loss) => loss.degrees);
  // Before any journal has come, beats over DNS tell that port 53 passes.
  const overDns = told.filter(({ heardByDns }) => heardByDns).length * 2 >= told.length;
  const degree = extentOf(degrees) ?? (overDns ? "partial-port" : null);
  const evidence = {
    losses: told,
    stayed,
    extent: degree,
    extentCounts: degreeCounts(degrees),
    controls: group.controls,
    beganAt: (start[0] + start[1]) / 2,
  };
  const causes = weighLoss(evidence, knowledge);
  const leading = leadingCause(causes, settings.causeMargin);
  if (causes[0]?.cause === "collector fault" || leading === "probe update") return null;
  const mobileOnly =
    told.every(({ probe }) => probe.access === "mobile") && stayed.some(({ access }) => access === "fixed");
  const confirmed = told.filter(isConfirmed).length;
  const lostShare = told.length / Math.max(told.length, group.expected.size);
  const parts = partsOf(losses, knowledge);
  return {
    id: group.id,
    kind: isOrderedLeading(causes) ? "shutdown" : "outage",
    method: null,
    extent: publishedExtent(degree, { mobileOnly, lostShare }),
    targets: [],
    asns: sorted(told.map(({ probe }) => probe.asn)),
    regions: sorted(told.map(({ probe }) => (probe.region?.startsWith("KZ-") ? probe.region : null))),
    access: sorted(told.map(({ probe }) => probe.access)),
    start: interval(...start),
    end: end === null ? null : interval(...end),
    detectedAt: utc(group.detectedAt),
    confidence: confirmed >= 3 ? "confirmed" : confirmed >= 2 ? "probable" : "observed",
    witnesses: told.length,
    measurements: losses.reduce((sum, loss) => sum + 1 + total(loss.degrees), 0),
    causes,
    cause: leading,
    ...(parts.length > 1 && { parts }),
  };
}

/** Edges of each network, region and medium, where there are several: mobile lines often go first and return last. */
function partsOf(losses: readonly Loss[], { settings }: Knowledge): NonNullable<Incident["parts"]> {
  return [...cellsOf(losses)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, PARTS)
    .flatMap(([, part]) => {
      const { start, end } = edgesOf(part, settings);
      const [first] = part;
      if (first === undefined) return [];
      const { asn, region, access } = first.probe;
      const place = region?.startsWith("KZ-") === true ? region : null;
      return [{ asn, region: place, access, start: interval(...start), end: end === null ? null : interval(...end) }];
    });
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
