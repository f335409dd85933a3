import { readFileSync } from "node:fs";
import { SOFTWARE } from "../../protocol/software.ts";
import { knowledgeHash } from "../analysis/knowledge.ts";
import type { Reader } from "../api/reader.ts";
import type { IncidentView, Overlap } from "../api/types.ts";
import type { Window } from "../store/store.ts";
import { utc } from "../time.ts";
import { attributionOf } from "../wording/attribution.ts";
import { fewOf } from "../wording/plural.ts";
import { lengthOf } from "../wording/sentences.ts";
import { cellsOf, measuredSeries, targetRows } from "./cells.ts";
import { clocksOf, ticksOf } from "./clocks.ts";
import type { Facts, Outside, StatementBeside } from "./facts.ts";
import type { Edition, Gathered } from "./gather.ts";
import { RENDERING } from "./rendering.ts";
import { lastedOf } from "./told.ts";

export type FactParts = {
  readonly reader: Reader;
  readonly view: IncidentView;
  readonly edition: Edition;
  readonly gathered: Gathered;
  readonly window: Window;
  readonly log: Facts["log"];
  readonly replay: Facts["replay"];
  readonly outside: readonly Outside[];
};

const EVENTS_MAX = 60;
const LOOKUPS_MAX = 400;
const GROUNDS_MAX = 20;

/** All that a bundle claims of an incident, from its records and from what stands beside it. */
export async function makeFacts(parts: FactParts): Promise<Facts> {
  const { reader, view, edition, gathered, window, log, replay, outside } = parts;
  const { catalogue } = reader;
  const { incident, names, asOf } = view;
  const publication = publicationOf(view);
  const id = bundleId(view);
  const told = { publication, timeline: timelineOf(parts), lags: lagsOf(view.beside ?? []), events: nearest(view) };
  const facts: Omit<Facts, "clocks"> = {
    format: "kuager-bundle/2",
    bundle: {
      ...{ id, edition, made: asOf, asOf, software: SOFTWARE, license: view.license, rulesVersion: view.rulesVersion },
      ...{ commit: builtFrom(), knowledge: knowledgeHash(catalogue.knowledge), rendering: RENDERING },
      query: `/api/v1/incidents?id=${incident.id}&as_of=${asOf}`,
    },
    incident,
    enoughProbes: view.enoughProbes,
    lasted: lastedOf(incident),
    names: {
      targets: pick(names.targets, incident.targets, ({ kk, ru, en }) => ({ kk, ru, en })),
      regions: pick(names.regions, Object.keys(names.regions), ({ kk, ru, en }) => ({
        kk,
        ru,
        en,
      })),
      networks: { ...names.networks },
    },
    window: { from: utc(window.from), to: utc(window.to) },
    counts: { entries: gathered.counts, verdicts: { ...gathered.verdicts }, excluded: gathered.excluded },
    few: fewOf(view.enoughProbes - 1),
    cells: cellsOf({
      ...(await watchedIn(parts)),
      measured: gathered.measured,
      window,
      incident,
      enoughProbes: view.enoughProbes,
    }),
    targets: targetRows(gathered.measured, incident.targets),
    ...told,
    reports: view.reports.map((report) => ({ ...report })),
    outside: [...outside],
    earlier: view.earlier,
    attribution: attributionOf(publication),
    log,
    replay,
  };
  return { ...facts, clocks: clocksOf(catalogue.regions, incident.regions, momentsIn(facts)) };
}

/** `KZ-2026-0042-v3`; the analysis' own id and version while it has no number. */
export function bundleId({ incident, publication }: IncidentView): string {
  const shown = publication == null ? undefined : (publication.shown ?? publication.versions[0]?.version);
  if (publication != null && shown !== undefined) return `${publication.number}-v${shown}`;
  return `${incident.id}-v${incident.version ?? 1}`;
}

function publicationOf({ publication }: IncidentView): Facts["publication"] {
  if (publication == null) return null;
  const { number, versions, legal, registry, statements } = publication;
  return {
    number,
    versions: versions.map(({ incident: { confidence, witnesses }, ...version }) => ({
      ...version,
      confidence,
      witnesses,
    })),
    legal,
    registry: registry.slice(0, LOOKUPS_MAX),
    statements: statements.map((statement) => ({
      ...statement,
      hypotheses: statement.hypotheses.map(({ grounds, ...hypothesis }) => ({
        ...hypothesis,
        grounds: grounds.slice(0, GROUNDS_MAX),
      })),
    })),
  };
}

function timelineOf({ reader, view, gathered, window }: FactParts): Facts["timeline"] {
  const bounds = { from: Date.parse(view.from), to: Date.parse(view.to) };
  return {
    from: view.from,
    to: view.to,
    ticks: ticksOf(reader.catalogue.regions, view.incident.regions, bounds),
    measured: view.incident.targets.length === 0 ? [] : measuredSeries(gathered.measured, window),
    points: view.coverage,
    gaps: view.gaps,
  };
}

async function watchedIn({ reader: { store }, window }: FactParts) {
  const [probes, presences, gaps] = await Promise.all([
    store.probes.all(),
    store.presence.within(window),
    store.gaps.within(window),
  ]);
  return { probes, presences, gaps };
}

/** Events about the time of the incident, those nearest to its start; in order of their own start. */
function nearest({ events, incident }: IncidentView): Facts["events"] {
  const start = Date.parse(incident.start.earliest);
  const byDistance = [...events].sort(
    (a, b) => Math.abs(Date.parse(a.start) - start) - Math.abs(Date.parse(b.start) - start),
  );
  return byDistance.slice(0, EVENTS_MAX).sort((a, b) => (a.start < b.start ? -1 : 1));
}

function lagsOf(beside: readonly Overlap[]): Facts["lags"] {
  return beside.map(({ event, lagMinutes: { earliest, latest }, ordinaryDays, ordinaryDaysWith }) => {
    const order = earliest >= 0 ? "after" : latest <= 0 ? "before" : "about";
    const [a, b] = [Math.abs(earliest), Math.abs(latest)].sort((x, y) => x - y);
    const [least, most] = [lengthOf((a ?? 0) * 60_000), lengthOf((b ?? 0) * 60_000)];
    return { event, order, least, most, ordinaryDays, ordinaryDaysWith };
  });
}

/** Every moment that a report may tell. */
function momentsIn(facts: Omit<Facts, "clocks">): (string | null | undefined)[] {
  const { incident, bundle, window, targets, timeline, events, reports, outside, publication, earlier } = facts;
  const intervals = [incident, ...(incident.parts ?? [])].flatMap(({ start, end }) => [
    start,
    ...(end === null ? [] : [end]),
  ]);
  const measured = timeline.measured.map(({ from }) => from);
  return [
    ...intervals.flatMap(({ earliest, latest }) => [earliest, latest]),
    ...[incident.detectedAt, bundle.asOf, bundle.made, window.from, window.to, timeline.from, timeline.to],
    ...timeline.ticks,
    ...measured,
    ...timeline.gaps.flatMap(({ from, to }) => [from, to]),
    ...targets.flatMap(({ first, last }) => [first, last]),
    ...events.flatMap(({ start, end }) => [start, end]),
    ...reports.map(({ start }) => start),
    ...outside.map(({ retrieved }) => retrieved),
    ...earlier.map(({ asOf }) => asOf),
    ...(publication?.versions ?? []).map(({ publishedAt }) => publishedAt),
    ...(publication?.statements ?? []).flatMap(statementMoments),
    ...(publication?.registry ?? []).map(({ asked }) => asked),
    ...(publication?.legal ?? []).map(({ recordedAt }) => recordedAt),
  ];
}

function statementMoments({ at, measured: { from, to, incidents } }: StatementBeside): string[] {
  const edges = incidents.flatMap(({ start, end }) => (end === null ? [start] : [start, end]));
  return [at, from, to, ...edges.flatMap(({ earliest, latest }) => [earliest, latest])];
}

/** The commit that this program was built from, where its build told it. */
function builtFrom(): string | null {
  try {
    return readFileSync(new URL("../../commit.txt", import.meta.url), "utf8").trim() || null;
  } catch {
    return null;
  }
}

function pick<V, T>(
  book: Readonly<Record<string, V>>,
  keys: readonly string[],
  of: (value: V) => T,
): Record<string, T> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = Object.hasOwn(book, key) ? book[key] : undefined;
      return value === undefined ? [] : [[key, of(value)]];
    }),
  );
}
