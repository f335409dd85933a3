import type { SpeedBody } from "../../protocol/records/speed.ts";
import { SPEED_CAPS } from "./speed.ts";

/** What a probe remembers of its speed pairs. A plain value: it may be kept as JSON. Times are monotonic milliseconds. */
export type SpeedBook = {
  /** Bytes that may be used now. */
  readonly leftBytes: number;
  readonly atMs: number;
  /** When each target's last pair began; those of the last day. */
  readonly last: Readonly<Record<string, number>>;
};

export type SpeedRules = {
  /** Most bytes in any 24 hours. */
  bytesPerDay: number;
  /** Whether handshakes alone are made. */
  metered: boolean;
  /** Most pairs in one round: each takes a quarter of a minute of the line. */
  pairsPerRound: number;
};

/** A target that could be measured; `urgent` ones (slow or failed a moment ago) go first. */
export type SpeedCandidate = { target: string; urgent: boolean };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A pair is made once an hour at most for one target: the line is the volunteer's, and filters notice. */
const EVERY_MS = HOUR_MS;
/** Connection, handshake with certificates, request and headers. */
const SIDE_BYTES = 8 * 1024;
/** Part of the day's bytes that may be used at once; the rest flows in evenly, so that no 24 hours take more. */
const AT_ONCE = 0.2;

/** An empty book. */
export function openSpeedBook(rules: SpeedRules, nowMs: number): SpeedBook {
  return { leftBytes: rules.bytesPerDay * AT_ONCE, atMs: nowMs, last: {} };
}

/**
 * Which targets get a pair in this round: none within an hour of its last, as many as the bytes left are enough for,
 * urgent ones first, then those that waited longest, ties in random order. Pure but for `random`, in [0, 1).
 */
export function speedDue(
  book: SpeedBook,
  candidates: readonly SpeedCandidate[],
  nowMs: number,
  rules: SpeedRules,
  random: () => number = Math.random,
): string[] {
  const { leftBytes, last } = refilled(book, nowMs, rules);
  const most = Math.min(rules.pairsPerRound, Math.floor(leftBytes / pairBytes(rules.metered)));
  return candidates
    .filter(({ target }) => nowMs - lastOf(last, target) >= EVERY_MS)
    .map((one) => ({ ...one, sinceMs: lastOf(last, one.target), place: random() }))
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || order(a.sinceMs, b.sinceMs) || a.place - b.place)
    .slice(0, Math.max(0, most))
    .map(({ target }) => target);
}

/** The book after a pair that began at `nowMs` and moved `bytes` (see {@link speedBytes}). */
export function noteSpeed(book: SpeedBook, target: string, bytes: number, nowMs: number, rules: SpeedRules): SpeedBook {
  const { leftBytes, last } = refilled(book, nowMs, rules);
  const recent = Object.entries(last).filter(([, atMs]) => nowMs - atMs < DAY_MS);
  return { leftBytes: leftBytes - bytes, atMs: nowMs, last: { ...Object.fromEntries(recent), [target]: nowMs } };
}

/** About how many bytes a pair moved, both ways. */
export function speedBytes({ samples }: Pick<SpeedBody, "samples">): number {
  const bytes = Object.values(samples).map((series) => SIDE_BYTES + (series.at(-1)?.[1] ?? 0));
  return bytes.reduce((sum, one) => sum + one, 0);
}

/** Most bytes that a pair moves. */
function pairBytes(metered: boolean): number {
  return 2 * (SIDE_BYTES + (metered ? 0 : SPEED_CAPS.bytes));
}

function refilled(book: SpeedBook, nowMs: number, { bytesPerDay }: SpeedRules): SpeedBook {
  const flowed = (Math.max(0, nowMs - book.atMs) / DAY_MS) * bytesPerDay * (1 - AT_ONCE);
  return { ...book, leftBytes: Math.min(bytesPerDay * AT_ONCE, book.leftBytes + flowed), atMs: nowMs };
}

function lastOf(last: SpeedBook["last"], target: string): number {
  return Object.hasOwn(last, target) ? (last[target] ?? -Infinity) : -Infinity;
}

function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
