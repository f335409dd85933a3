import type { EpochMs } from "../types.ts";
import { type Episode, witnessesOf } from "./episode.ts";
import { openAt, openFrom, type Round } from "./round.ts";

/** Bounds of a beginning; `after` null: it was so when watching began. */
export type Start = { after: EpochMs | null; by: EpochMs };
/** Bounds of an end. */
export type End = { after: EpochMs; by: EpochMs };
/** Bounds of a change as one probe, or many, saw it: not before the one, over by the other. */
type Turn = { after: EpochMs; by: EpochMs };
/** Votes of a witness before its turn of which one at most may be of the other kind, and of the last ones none, for it to
 * have turned for good. */
const BEFORE_TURN = 12;
const LAST_BEFORE = 4;

/** Chance left outside the set of moments that are believable. */
const LEFT_OUT = 0.02;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * When a block began. Each witness gives an interval: from its last open vote to its first blocked one. Where most of
 * them turned for good, the start is the interval that most agree on (Marzullo, Stanford 1984; NTP chooses clocks so), so
 * that neither a stray failure nor a liar moves it. Else, where a part of the votes is blocked by turns, it is the
 * smallest set of rounds that holds the start with 98 % by the posterior of the change point (Smith, Biometrika 62
 * (1975) 407-416). `gains` are the rounds' log-likelihood ratios up to the opening.
 */
export function startOf(rounds: readonly Round[], gains: readonly number[], episode: Episode): Start {
  const all = [...witnessesOf(episode)].sort();
  // Who was never seen open tells nothing of the beginning, where others do.
  const turned = all.filter((probe) => rounds.some(({ open }) => open.includes(probe)));
  const witnesses = turned.length > 0 ? turned : all;
  const first = firstBlockedSince(rounds, episode.firstBlocked) ?? episode.firstBlocked;
  const [earliest, latest] = believable(gains);
  const agreed = agreement(witnesses.map((probe) => turnOf(rounds, probe, "open")));
  if (agreed !== null) return { after: agreed.after === NEVER ? null : agreed.after, by: agreed.by };
  // The last look before the first believable round that found it open for anybody who was ever blocked.
  const before = lastOpenBefore(rounds.slice(0, earliest), witnesses);
  const by = firstBlockedIn(rounds.slice(latest)) ?? first;
  const sharp = before ?? (turned.length > 0 && earliest > 0 ? (rounds[earliest - 1]?.start ?? null) : null);
  return { after: sharp === null ? null : Math.min(sharp, by), by };
}

/** When a block ended: the mirror image of {@link startOf}; `gains` speak for the end, from the start to the closing. */
export function endOf(rounds: readonly Round[], gains: readonly number[], episode: Episode): End {
  const agreed = agreement([...witnessesOf(episode)].sort().map((probe) => turnOf(rounds, probe, "blocked")));
  if (agreed !== null && agreed.after !== NEVER) return agreed;
  const [earliest, latest] = believable(gains);
  const blocked = rounds.slice(0, earliest).flatMap((round) => round.blocked.map((vote) => vote.from));
  const after = blocked.length === 0 ? episode.firstBlocked : Math.max(...blocked);
  const open = rounds.slice(latest).flatMap((round) => round.open.map((_, place) => openAt(round, place)));
  return { after, by: Math.max(after, open.length === 0 ? after : Math.min(...open)) };
}

/** Rounds among which the change lies, by index, with the posterior chance under a flat prior. */
function believable(gains: readonly number[]): [number, number] {
  const tails: number[] = new Array(gains.length).fill(0);
  let sum = 0;
  for (let index = gains.length - 1; index >= 0; index--) {
    sum += gains[index] ?? 0;
    tails[index] = sum;
  }
  const best = Math.max(...tails);
  const chances = tails.map((tail) => Math.exp(tail - best));
  const all = total(chances);
  const order = chances
    .map((chance, index) => ({ chance, index }))
    .sort((a, b) => b.chance - a.chance || a.index - b.index);
  let held = 0;
  let [earliest, latest] = [order[0]?.index ?? 0, order[0]?.index ?? 0];
  for (const { chance, index } of order) {
    if (held >= (1 - LEFT_OUT) * all) break;
    held += chance;
    earliest = Math.min(earliest, index);
    latest = Math.max(latest, index);
  }
  // A round more on either side, as votes of one round share faults and the share is one of a few.
  return [Math.max(0, earliest - 1), Math.min(gains.length - 1, latest + 1)];
}

/** When one probe turned for good from open to blocked, or back: from its last vote of the one kind to the first of the
 * other after it. Null when it did not, or went to and fro. */
function turnOf(rounds: readonly Round[], probe: string, from: "open" | "blocked"): Turn | null {
  const wasBlocked = from === "blocked";
  const before: Seen[] = [];
  let first: Seen | null = null;
  // From the end: of the rounds before the turn only the last few are asked.
  for (let index = rounds.length - 1; index >= 0 && before.length < BEFORE_TURN; index--) {
    const round = rounds[index];
    const vote = round === undefined ? null : voteOf(round, probe);
    if (vote === null) continue;
    if (before.length > 0 || vote.blocked === wasBlocked) before.push(vote);
    else first = vote;
  }
  if (first === null) return null;
  const others: number[] = before.map(({ blocked }) => (blocked === wasBlocked ? 0 : 1));
  if (total(others) > 1 || total(others.slice(0, LAST_BEFORE)) > 0) return null;
  const after = before[0]?.from ?? NEVER;
  return { after, by: Math.max(after, first.at) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

type Seen = { readonly blocked: boolean; readonly from: EpochMs; readonly at: EpochMs };

function voteOf(round: Round, probe: string): Seen | null {
  const vote = round.blocked.find((one) => one.probe === probe);
  if (vote !== undefined) return { blocked: true, from: vote.from, at: vote.at };
  const place = round.open.indexOf(probe);
  return place < 0 ? null : { blocked: false, from: openFrom(round, place), at: openAt(round, place) };
}

/** What more than half of the probes agree on, where more than half turned for good; null where they do not. */
function agreement(turns: readonly (Turn | null)[]): Turn | null {
  const clean = turns.filter((turn) => turn !== null);
  if (clean.length * 2 <= turns.length) return null;
  const agreed = mostAgreed(clean);
  if (agreed === null) return null;
  const count = clean.filter(({ after, by }) => after <= agreed.by && agreed.after <= by).length;
  return count * 2 > clean.length ? agreed : null;
}

/** The interval in most of the given ones; what spans all such where there are several. Null for none. */
function mostAgreed(turns: readonly Turn[]): Turn | null {
  const agree = (at: EpochMs) => turns.filter(({ after, by }) => after <= at && at <= by).length;
  const moments = [...new Set(turns.flatMap(({ after, by }) => [after, by]))].sort((a, b) => a - b);
  const most = Math.max(0, ...moments.map(agree));
  const held = moments.filter((at) => agree(at) === most);
  const [after, by] = [held[0], held.at(-1)];
  return after === undefined || by === undefined ? null : { after, by };
}

function lastOpenBefore(rounds: readonly Round[], witnesses: readonly string[]): EpochMs | null {
  for (let index = rounds.length - 1; index >= 0; index--) {
    const round = rounds[index];
    const moments =
      round?.open.flatMap((probe, place) => (witnesses.includes(probe) ? [openFrom(round, place)] : [])) ?? [];
    if (moments.length > 0) return Math.max(...moments);
  }
  return null;
}

function firstBlockedIn(rounds: readonly Round[]): EpochMs | null {
  for (const { blocked } of rounds) if (blocked.length > 0) return Math.min(...blocked.map(({ at }) => at));
  return null;
}

function firstBlockedSince(rounds: readonly Round[], since: EpochMs): EpochMs | null {
  return firstBlockedIn(rounds.filter(({ start }) => start >= since));
}
