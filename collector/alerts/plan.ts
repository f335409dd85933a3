import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { concerns } from "../api/timeline-view.ts";
import type { Incident } from "../api/types.ts";
import { isAtLeast } from "../feeds/choice.ts";
import type { AlertPhase } from "../store/admin-tables.ts";
import type { StoredSubscription, Subscription } from "./subscription.ts";

/** One state in which an incident was known, from `at` on; `version` null while it has no number. */
export type Chapter = { readonly incident: Incident; readonly at: EpochMs; readonly version: PublishedVersion | null };

/** Everything known of one incident: its number, or the id of the analysis while it has none. */
export type Story = {
  readonly key: string;
  /** Ids of the analysis under which it was perhaps told before it had a number. */
  readonly aliases: readonly string[];
  /** Oldest first; at least one. */
  readonly chapters: readonly [Chapter, ...Chapter[]];
  /** When this collector first stored it. */
  readonly firstStored: EpochMs;
  /** The analysis holds it no more. One that has a number is not over before a version says so. */
  readonly gone: boolean;
};

/** A row of the outbox as far as planning looks at it. */
export type ToldRow = { readonly subscription: string; readonly incident: string; readonly phase: AlertPhase };

/** An alert to be queued; `silent` ones only keep their place: what they would tell was told. */
export type Planned = ToldRow & { readonly story: Story; readonly chapter: Chapter; readonly silent: boolean };

export type AlertSettings = {
  /** A state must have lasted so long before it is told: what flaps is told once. */
  readonly settleMs: number;
  /** What began earlier is not told any more. */
  readonly freshMs: number;
  /** What ended earlier is not told as a start. */
  readonly endedMs: number;
  /** What was first stored so long after the detector could know it came with an import, and is not told. */
  readonly liveMs: number;
};

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
export const ALERT_SETTINGS: AlertSettings = {
  settleMs: 2 * MINUTE_MS,
  freshMs: 72 * HOUR_MS,
  endedMs: 6 * HOUR_MS,
  liveMs: HOUR_MS,
};

type Plan = { readonly stories: readonly Story[]; readonly told: readonly ToldRow[]; readonly now: EpochMs };

/**
 * What is to be told to whom: for each subscription and incident at most one alert at the start and one at the end. A
 * pure function: asked again after its result was stored, it never repeats itself.
 */
export function planAlerts(
  subscriptions: readonly StoredSubscription[],
  { stories, told, now }: Plan,
  settings: AlertSettings = ALERT_SETTINGS,
): Planned[] {
  const rows = new Set(told.map(keyOf));
  const planned: Planned[] = [];
  // Those that end by going on under another number come last: the other is told first, if it is told at all.
  const inTurn = [...stories].sort((a, b) => Number(isMerged(a)) - Number(isMerged(b)));
  for (const subscriber of subscriptions)
    for (const story of inTurn) {
      const context = { subscriber, story, now, settings, rows };
      for (const one of planStory(context)) {
        rows.add(keyOf(one));
        planned.push(one);
      }
    }
  return planned;
}

type Context = {
  subscriber: StoredSubscription;
  story: Story;
  now: EpochMs;
  settings: AlertSettings;
  rows: ReadonlySet<string>;
};

function planStory(context: Context): Planned[] {
  const { story, subscriber, rows } = context;
  const has = (phase: AlertPhase) =>
    [story.key, ...story.aliases].some((incident) => rows.has(keyOf({ subscription: subscriber.id, incident, phase })));
  if (has("end")) return [];
  if (has("start")) return planEnd(context);
  return inheritedStart(context) ?? planStart(context);
}

/** A part split off from an incident that was told is told with it. */
function inheritedStart({ story, subscriber, rows }: Context): Planned[] | null {
  const [first] = story.chapters;
  const origin = first.version?.change === "split" ? first.version.other : null;
  if (origin === null || !rows.has(keyOf({ subscription: subscriber.id, incident: origin, phase: "start" })))
    return null;
  return [plannedOf(story, subscriber.id, "start", first, true)];
}

function planStart({ story, subscriber, now, settings }: Context): Planned[] {
  const { subscription, id, created } = subscriber;
  const last = lastOf(story);
  const first = story.chapters.find(({ incident }) => isWanted(incident, subscription));
  if (first === undefined || isOver(last) || story.gone || !isWanted(last.incident, subscription)) return [];
  const { start, end, detectedAt } = last.incident;
  const isNew = first.at >= created && story.firstStored - Date.parse(detectedAt) <= settings.liveMs;
  const isFresh =
    now - Date.parse(start.latest) <= settings.freshMs &&
    (end === null || now - Date.parse(end.latest) <= settings.endedMs);
  if (!isNew || !isFresh || now - first.at < settings.settleMs) return [];
  const told = plannedOf(story, id, "start", last, false);
  return hasEnded(last) ? [told, plannedOf(story, id, "end", last, true)] : [told];
}

function planEnd({ story, subscriber, now, settings, rows }: Context): Planned[] {
  const { id } = subscriber;
  const last = lastOf(story);
  if (isMerged(story)) {
    const into = last.version?.other ?? story.key;
    const other = { subscription: id, incident: into, phase: "start" as const };
    const known = rows.has(keyOf(other)) ? [] : [{ ...other, story, chapter: last, silent: true }];
    return [...known, plannedOf(story, id, "end", last, true)];
  }
  const over = isOver(last) || hasEnded(last) || (story.gone && last.version === null);
  return over && now - last.at >= settings.settleMs ? [plannedOf(story, id, "end", last, false)] : [];
}

function plannedOf(story: Story, subscription: string, phase: AlertPhase, chapter: Chapter, silent: boolean): Planned {
  return { subscription, incident: story.key, phase, story, chapter, silent };
}

function isWanted(incident: Incident, { confidence, regions, asns, targets, kinds }: Subscription): boolean {
  const anyOf = <T>(list: readonly T[], fits: (one: T) => boolean) => list.length === 0 || list.some(fits);
  return (
    isAtLeast(incident.confidence, confidence) &&
    anyOf(kinds, (kind) => kind === incident.kind) &&
    anyOf(regions, (region) => concerns(incident, { region, asn: null })) &&
    anyOf(asns, (asn) => concerns(incident, { region: null, asn })) &&
    anyOf(targets, (target) => incident.targets.includes(target))
  );
}

function lastOf({ chapters }: Story): Chapter {
  return chapters.at(-1) ?? chapters[0];
}

function isOver({ version }: Chapter): boolean {
  return version?.change === "tombstone" || version?.change === "merged";
}

function isMerged(story: Story): boolean {
  return lastOf(story).version?.change === "merged";
}

/** An end that is only the last sighting is none. */
function hasEnded({ incident }: Chapter): boolean {
  return incident.end !== null && incident.endUnknown !== true;
}

function keyOf({ subscription, incident, phase }: ToldRow): string {
  return `${subscription} ${incident} ${phase}`;
}
