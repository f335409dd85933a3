import type { Incident } from "../../protocol/incident.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { factsOf } from "./combine.ts";
import { firstVersion, nextVersion, numberer } from "./draft.ts";
import { likeness } from "./match.ts";
import { changedFields } from "./substance.ts";
import { type Succession, succession, wholeOf } from "./succession.ts";
import type { Change, Numbered, PublicationState } from "./types.ts";

export type PlanSettings = {
  readonly at: EpochMs;
  readonly rulesVersion: string;
  /** A change becomes a version when nothing has changed for this long: journals that come together make one. */
  readonly settleMs: number;
};

/** What is to be stored, and when something that waits is due; null when nothing waits. */
export type Plan = { readonly changes: readonly Change[]; readonly dueAt: EpochMs | null };

/** What never comes to rest is published this many times the time of rest after it began to change. */
const WAIT_TIMES = 4;

/**
 * What follows for publishing from what the analysis holds: new numbers for incidents that have become probable, new
 * versions of those that changed, tombstones for those it took back. A pure function: asked again after it was carried
 * out, it has nothing to do.
 */
export function planPublication(state: PublicationState, settings: PlanSettings): Plan {
  const { after, fresh } = succession(state);
  const moved = state.numbered.map((one) => movedOn(one, after));
  const steps = moved.map(({ one }) => nextStep(state, one, moved, settings));
  const aliases: Change[] = [];
  const unknown: Incident[] = [];
  for (const incident of fresh) {
    if (state.numberOf.has(incident.id)) continue;
    const whole = wholeOf(state, incident);
    if (whole === null) unknown.push(incident);
    else aliases.push({ what: "alias", id: incident.id, number: whole.number });
  }
  return {
    changes: [
      ...moved.flatMap(({ changes }) => changes),
      ...aliases,
      ...steps.flatMap(({ changes }) => changes),
      ...newNumbers(state, unknown, { after, fresh }, settings),
    ],
    dueAt: steps.reduce<EpochMs | null>((least, { dueAt }) => earlier(least, dueAt), null),
  };
}

type Moved = { readonly one: Numbered; readonly changes: readonly Change[] };

function movedOn(one: Numbered, after: Succession["after"]): Moved {
  if (!one.members.some(({ id }) => after.has(id))) return { one, changes: [] };
  const members = one.members.map((member) => ({ ...member, id: after.get(member.id) ?? member.id }));
  return { one: { ...one, members }, changes: [{ what: "members", number: one.number, members }] };
}

const NOTHING: Plan = { changes: [], dueAt: null };

function nextStep(
  state: PublicationState,
  one: Numbered,
  moved: readonly Moved[],
  { at, settleMs, rulesVersion }: PlanSettings,
): Plan {
  const { latest, members } = one;
  if (one.held || members.some(({ id }) => state.unreadable.has(id))) return NOTHING;
  const facts = factsOf(members, state);
  const over = isOver(latest);
  if (facts === null && over) return NOTHING;
  const changed = facts === null ? [] : changesOf(latest, facts, rulesVersion);
  if (facts !== null && changed.length === 0) return NOTHING;
  const since = Math.max(0, ...members.map(({ id }) => state.current.get(id)?.stored ?? state.gone.get(id) ?? 0));
  const first = state.unpublishedSince.get(one.number) ?? since;
  const dueAt = Math.min(since + settleMs, first + WAIT_TIMES * settleMs);
  if (at < dueAt) return { changes: [], dueAt };
  const version =
    facts === null
      ? ended(state, one, moved, { at, rulesVersion })
      : nextVersion(latest, facts, { change: "records", changed, at, rulesVersion });
  return { changes: [{ what: "version", version }], dueAt: null };
}

/** Withdrawn, or merged into another number. */
export function isOver({ change }: Pick<PublishedVersion, "change">): boolean {
  return change === "tombstone" || change === "merged";
}

/** Codes of what a version would tell anew; empty when there is nothing. */
export function changesOf(latest: PublishedVersion, facts: Incident, rulesVersion: string): string[] {
  const fields = changedFields(latest.incident, facts);
  const restored = isOver(latest) ? ["restored"] : [];
  if (fields.length + restored.length === 0) return [];
  return [...restored, ...fields, ...(latest.rulesVersion === rulesVersion ? [] : ["rules"])];
}

/** The version that says that the analysis holds an incident no more: another number tells its story, or none does. */
function ended(
  state: PublicationState,
  { latest, number }: Numbered,
  moved: readonly Moved[],
  saying: { at: EpochMs; rulesVersion: string },
): PublishedVersion {
  const others = moved
    .map(({ one }) => ({ number: one.number, over: isOver(one.latest), facts: factsOf(one.members, state) }))
    .filter((other) => other.number !== number && !other.over && other.facts !== null)
    .map((other) => ({ ...other, score: other.facts === null ? 0 : likeness(latest.incident, other.facts) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.number < b.number ? -1 : 1));
  const [into] = others;
  return nextVersion(latest, latest.incident, {
    ...saying,
    ...(into === undefined ? { change: "tombstone" } : { change: "merged", other: into.number }),
  });
}

function newNumbers(
  state: PublicationState,
  unknown: readonly Incident[],
  { after }: Succession,
  { at, rulesVersion }: PlanSettings,
): Change[] {
  const next = numberer(state);
  const parted = state.numbered.filter(({ members }) => members.some(({ id }) => after.has(id)));
  return unknown.flatMap((incident): Change[] => {
    if (state.held.has(incident.id)) return [];
    const heldBefore = [...state.held].some(([id, was]) => !state.current.has(id) && likeness(was, incident) > 0);
    if (heldBefore) return [{ what: "hold", subject: incident.id, on: true }];
    if (incident.confidence === "observed") return [];
    const number = next(incident);
    const from = parted.find(({ latest }) => likeness(latest.incident, incident) > 0);
    const origin = from === undefined ? { change: "first" as const } : { change: "split" as const, other: from.number };
    return [
      { what: "number", number, members: [{ id: incident.id, only: null, except: [] }] },
      { what: "version", version: firstVersion(number, incident, { ...origin, at, rulesVersion }) },
    ];
  });
}

function earlier(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
