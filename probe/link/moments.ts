import type { LinkEdge } from "../../protocol/records/link.ts";
import { type ProbeClock, utc } from "../clock.ts";
import { collectorWord } from "./collectors.ts";
import type { Evidence } from "./quiet.ts";
import type { Sensed } from "./sense.ts";

/** Monotonic time at which the last look that proved each thing began; `full` is a look in full. */
export type Seen = Readonly<Record<Evidence | "full", number>>;

/** A look in full proves all. */
export function seenAll(mono: number): Seen {
  return { resolver: mono, foreign: mono, proof: mono, collector: mono, full: mono, way: mono };
}

/** What a quiet look proved, begun at `mono`. */
export function seenAfter(seen: Seen, proved: readonly Evidence[], mono: number): Seen {
  return { ...seen, ...Object.fromEntries(proved.map((one) => [one, mono])) };
}

type Facet = LinkEdge["of"];
const FACETS: readonly Facet[] = ["state", "condition", "medium", "vpn", "collector"];

/** Whether nothing differs that an entry is written for. */
export function isSame(before: Sensed, now: Sensed): boolean {
  return changed(before, now).length === 0;
}

function changed(before: Sensed, now: Sensed): Facet[] {
  const [from, to] = [facetsOf(before), facetsOf(now)];
  // While abroad is not reached, that the collector is not either says nothing of the collector.
  const isTold = before.state === "international" && now.state === "international";
  return FACETS.filter((of) => from[of] !== to[of] && (of !== "collector" || isTold));
}

function facetsOf({ state, condition, medium, vpn, collector }: Sensed): Record<Facet, string> {
  return { state, condition, medium, vpn: vpn ? "yes" : "no", collector: collectorWord(collector) };
}

/**
 * The changes from one look in full to another, first seen at `atMono`, each bounded by the last proof of what broke:
 * for a cut that is the last answer from abroad, for a resolver its last answer, for a portal the last proof of
 * identity. Wall times are told by the clock as it stands now, so that one set anew in between does not spoil them.
 */
export function edgesOf(before: Sensed, now: Sensed, seen: Seen, atMono: number, clock: ProbeClock): LinkEdge[] {
  const [from, to] = [facetsOf(before), facetsOf(now)];
  return changed(before, now).map((of) => {
    const afterMono = Math.min(lastProof(of, before, now, seen), atMono);
    return {
      of,
      from: from[of],
      to: to[of],
      after: wallOf(clock, afterMono),
      afterMono: tenths(afterMono),
      before: wallOf(clock, atMono),
      beforeMono: tenths(atMono),
      boundMs: tenths((atMono - afterMono) / 2),
    };
  });
}

/** Monotonic time of the last proof that the line still was as before. */
function lastProof(of: Facet, before: Sensed, now: Sensed, seen: Seen): number {
  if (of === "medium" || of === "vpn") return seen.way;
  if (of === "collector") return collectorWord(before.collector) === "ok" ? seen.collector : seen.full;
  if (before.state !== "international") return seen.full;
  if (now.portal || now.condition === "intercepted") return seen.proof;
  if (now.state !== "international") return seen.foreign;
  return before.condition === "open" ? seen.resolver : seen.full;
}

/** A monotonic time of this boot as the wall clock tells it now. */
export function wallOf(clock: ProbeClock, mono: number): string {
  return utc(clock.wallMs() - (clock.monoMs() - mono));
}

/** Milliseconds as records carry them. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
