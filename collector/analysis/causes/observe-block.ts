import type { CadenceCell } from "../detect/cadence.ts";
import type { ControlChecks } from "../detect/control-checks.ts";
import { steadinessOf, witnessesOf } from "../detect/episode.ts";
import type { Watched, WatchedCells } from "../detect/watched-cells.ts";
import type { Group, Member } from "../incidents/cluster.ts";
import { type Knowledge, ownerOf } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import type { BlockEvidence, Fared } from "./block-evidence.ts";
import { type SiteWeather, sumOf } from "./site-weather.ts";
import { type SoftwareBook, softwareSight } from "./software-book.ts";

/** Where the evidence on blocks comes from. */
export type BlockSources = {
  knowledge: Knowledge;
  cells: WatchedCells;
  checks: ControlChecks;
  weather: SiteWeather;
  software: SoftwareBook;
  cadenceOf: (cell: CadenceCell) => number;
};

const DAY_MS = 86_400_000;

/** What the records show of a block at a moment, for its causes to be weighed on. */
export function observeBlock(group: Group, now: EpochMs, sources: BlockSources): BlockEvidence {
  const { members } = group;
  const { knowledge, cells, software } = sources;
  const targets = [...new Set(members.map(({ cell }) => cell.target))];
  const asns = new Set(members.map(({ cell }) => cell.asn));
  const episodes = members.map(({ episode }) => episode);
  const since = Math.min(...members.map(({ start }) => start.by));
  const until = Math.max(...members.map(({ end }) => end?.after ?? now));
  const watched = members.map(({ cell }) => cells.of(cell)).filter((one) => one !== undefined);
  const facts = targets.map((target) => knowledge.targets.get(target));
  const steady = sum(episodes.map(steadinessOf));
  return {
    witnesses: new Set(episodes.flatMap((episode) => [...witnessesOf(episode)])).size,
    proofs: new Set(episodes.flatMap((episode) => [...episode.proofs])).size,
    certain: episodes.reduce((count, { certain }) => count + certain, 0),
    alike: alikeOf(members),
    steady: { share: steady.all === 0 ? 1 : steady.blocked / steady.all, votes: steady.all },
    asns: asns.size,
    owners: new Set([...asns].map((asn) => ownerOf(asn, knowledge))).size,
    openElsewhere: openElsewhere(targets, asns, { since: Math.max(since, now - DAY_MS), cells }),
    hostedInside: facts.every((fact) => fact?.hostedIn === knowledge.country),
    filteredAbroad: facts.every((fact) => isFiltered(fact?.filteredIn)),
    ...group.beside,
    site: sumOf(targets.map((target) => sources.weather.between(target, since, until))),
    software: softwareSight(watched, since, software),
    authority: authorityOf(episodes.flatMap(({ authorities }) => [...authorities])),
    hops: episodes.reduce<number | null>(
      (least, { hops }) => (hops === null ? least : Math.min(least ?? hops, hops)),
      null,
    ),
  };
}

/**
 * How other names fare for the same probes at a moment while it goes on: those on record as filtered abroad, and those that
 * are not. Counts add up from look to look.
 */
export function lookBeside(group: Group, now: EpochMs, sources: BlockSources): void {
  const { knowledge, cells } = sources;
  const targets = new Set(group.members.map(({ cell }) => cell.target));
  const open = group.members.filter(({ end }) => end === null);
  const watched = open.map(({ cell }) => cells.of(cell)).filter((one) => one !== undefined);
  const since = Math.min(...group.members.map(({ start }) => start.by));
  const look = (before: Fared, isKind: typeof isListed): Fared =>
    fared(
      watched,
      { now, since, counts: (target) => !targets.has(target) && isKind(target, knowledge) },
      sources,
    ).reduce(
      (sum, one) => ({
        failed: sum.failed + one.failed,
        passed: sum.passed + one.passed,
        names: new Set([...sum.names, ...one.names]),
      }),
      before,
    );
  group.beside = { foreign: look(group.beside.foreign, isListed), others: look(group.beside.others, isPlain) };
}

/** Share of the votes that failed in the commonest way of their network. */
function alikeOf(members: readonly Member[]): number {
  const counts = new Map<number | null, Map<string, number>>();
  for (const { cell, episode } of members) {
    const own = counts.get(cell.asn) ?? new Map<string, number>();
    counts.set(cell.asn, own);
    for (const [code, count] of episode.codes) own.set(code, (own.get(code) ?? 0) + count);
  }
  let [same, all] = [0, 0];
  for (const own of counts.values()) {
    same += Math.max(0, ...own.values());
    for (const count of own.values()) all += count;
  }
  return all === 0 ? 1 : same / all;
}

/** Networks on which nobody found a target blocked that was open there since. */
function openElsewhere(
  targets: readonly string[],
  asns: ReadonlySet<number | null>,
  { since, cells }: { since: EpochMs; cells: WatchedCells },
): number {
  const open = targets.flatMap((target) => cells.ofTarget(target)).filter((one) => one.openAt >= since);
  return new Set(open.map(({ cell }) => cell.asn).filter((asn) => !asns.has(asn))).size;
}

function fared(
  watched: readonly Watched[],
  { now, since, counts }: { now: EpochMs; since: EpochMs; counts: (target: string) => boolean },
  { checks, cadenceOf }: BlockSources,
): Fared[] {
  const areas = new Map(watched.map(({ area, cadence }) => [area, cadence]));
  return [...areas].map(([area, cadence]) =>
    checks.fared({ area, at: now, since, cadenceMs: cadenceOf(cadence), counts }),
  );
}

/** A page of another country counts where none of this one's came. */
function authorityOf(seen: readonly ("own" | "foreign")[]): BlockEvidence["authority"] {
  return seen.includes("own") ? "own" : seen.includes("foreign") ? "foreign" : null;
}

function isFiltered(filteredIn: readonly string[] | undefined): boolean {
  return filteredIn !== undefined && filteredIn.length > 0;
}

function isListed(target: string, { targets }: Knowledge): boolean {
  return isFiltered(targets.get(target)?.filteredIn);
}

/** A name reached over the border that is on no record abroad, and whose answer is not known beforehand. */
function isPlain(target: string, { targets, country }: Knowledge): boolean {
  const fact = targets.get(target);
  if (fact === undefined || fact.hostedIn === country || fact.canary === true || fact.absent === true) return false;
  return !isFiltered(fact.filteredIn);
}

function sum(votes: readonly { blocked: number; all: number }[]): { blocked: number; all: number } {
  return votes.reduce((total, one) => ({ blocked: total.blocked + one.blocked, all: total.all + one.all }), {
    blocked: 0,
    all: 0,
  });
}
