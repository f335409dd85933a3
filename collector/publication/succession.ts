import type { Incident } from "../../protocol/incident.ts";
import { isTailOf, likeness } from "./match.ts";
import type { Numbered, PublicationState } from "./types.ts";

/** How ids of the analysis go on: journals that date a start anew give the same story another id. */
export type Succession = {
  /** New id by old: the number of the old one goes on with the new one. */
  readonly after: ReadonlyMap<string, string>;
  /** Ids that the analysis holds, that feed no number and go on with none. Sorted by start. */
  readonly fresh: readonly Incident[];
};

type Pair = { old: string; next: string; score: number };

/** More than any likeness: the analysis itself says what the incident replaces. */
const SAID = 100;
/** The id led to this number before. */
const KNOWN = 10;

/**
 * Finds for each member that the analysis no longer holds the incident that tells its story now: the likest first, each
 * at most once. The outcome depends on the incidents alone, not on the order in which they come.
 */
export function succession(state: PublicationState): Succession {
  const feeding = new Set(state.numbered.flatMap(({ members }) => members.map(({ id }) => id)));
  const candidates = [...state.current.values()]
    .map(({ incident }) => incident)
    .filter(({ id }) => !feeding.has(id))
    .sort(byStart);
  const pairs = state.numbered.flatMap((one) => pairsOf(state, one, candidates));
  pairs.sort((a, b) => b.score - a.score || order(a.old, b.old) || order(a.next, b.next));
  const after = new Map<string, string>();
  const taken = new Set<string>();
  for (const { old, next } of pairs) {
    if (after.has(old) || taken.has(next)) continue;
    after.set(old, next);
    taken.add(next);
  }
  return { after, fresh: candidates.filter(({ id }) => !taken.has(id)) };
}

function pairsOf(state: PublicationState, one: Numbered, candidates: readonly Incident[]): Pair[] {
  const orphans = one.members.filter(({ id }) => !state.current.has(id) && !state.unreadable.has(id));
  return orphans.flatMap(({ id: old }) =>
    candidates.flatMap((candidate) => {
      const said = candidate.supersedes?.startsWith(`${old}-v`) === true ? SAID : 0;
      const known = state.numberOf.get(candidate.id) === one.number ? KNOWN : 0;
      // An id that leads to another number goes on with that one or with none.
      if (known === 0 && state.numberOf.has(candidate.id)) return [];
      const score = likeness(one.latest.incident, candidate);
      return said + score === 0 ? [] : [{ old, next: candidate.id, score: said + known + score }];
    }),
  );
}

/** The number of which an incident without one is only the tail, told by an analysis that began in its middle. */
export function wholeOf(state: PublicationState, tail: Incident): Numbered | null {
  const found = state.numbered.find(
    ({ members, latest }) => members.some(({ id }) => state.current.has(id)) && isTailOf(tail, latest.incident),
  );
  return found ?? null;
}

/** By start, then by when it was noticed, then by id: the order in which numbers are given at one moment. */
export function byStart(a: Incident, b: Incident): number {
  return order(a.start.earliest, b.start.earliest) || order(a.detectedAt, b.detectedAt) || order(a.id, b.id);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
