import type { StartBody } from "../../../protocol/records/life.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Settings } from "../settings.ts";
import type { Timed } from "../timekeeper.ts";
import type { EpochMs } from "../types.ts";
import { degreeOf } from "./extent.ts";
import { type Loss, newLoss } from "./loss.ts";
import { addLoss, lossAt, type ProbeState, setChurn } from "./probe-book.ts";

/** A link entry this long after a loss still tells of it (one is written every five minutes). */
const AFTERMATH_MS = 600_000;
/** A host that starts anew this long after the loss was over did so for reasons of its own. */
const BOOT_AFTERMATH_MS = 60_000;

/**
 * Takes a journal entry of a probe into its losses: edges, degree, boots. Returns the loss it changed or made, null
 * when it says nothing of any.
 */
export function readJournal(state: ProbeState, timed: Timed, settings: Settings): Loss | null {
  const { entry, at } = timed;
  const changed = sawBoot(state, timed);
  const told = readEntry(state, timed, settings);
  if (state.boot === null || state.lastEntryAt === null || at >= state.lastEntryAt) {
    state.boot = entry.boot;
    state.lastEntryAt = at;
  }
  return told ?? changed;
}

function readEntry(state: ProbeState, timed: Timed, settings: Settings): Loss | null {
  const { entry, at } = timed;
  switch (entry.kind) {
    case "link":
      return readLink(state, timed, entry.body);
    case "start":
      return readStart(state, at, entry.boot, entry.body, settings);
    case "stop":
      state.lastStop = Math.max(state.lastStop ?? at, at);
      return voidIfStopped(state, at, settings);
    default:
      return null;
  }
}

/** Any entry after the last good moment shows whether the host stayed up. */
function sawBoot(state: ProbeState, { entry, at }: Timed): Loss | null {
  const loss = lossAt(state, at);
  if (loss === null || entry.kind === "start" || isLater(loss, at, BOOT_AFTERMATH_MS)) return null;
  if (loss.bootBefore === null) return null;
  if (loss.bootBefore === entry.boot) {
    if (loss.sameBootAt !== null && loss.sameBootAt >= at) return null;
    const first = loss.sameBootAt === null;
    loss.sameBootAt = at;
    return first ? loss : null;
  }
  if (loss.rebooted) return null;
  loss.rebooted = true;
  return loss;
}

function readStart(state: ProbeState, at: EpochMs, boot: string, body: StartBody, settings: Settings): Loss | null {
  const before = { boot: state.boot, software: state.software };
  state.software = body.software;
  const loss = lossAt(state, at);
  if (loss === null || isLater(loss, at, BOOT_AFTERMATH_MS)) return null;
  if (body.previous.end === "clean" && loss.degrees.size === 0) {
    const stopped = body.previous.lastAliveAt === null ? loss.lastGood : Date.parse(body.previous.lastAliveAt);
    return voidIfStopped(state, stopped, settings);
  }
  if ((loss.bootBefore ?? before.boot) === boot) {
    loss.sameBootAt = at;
    loss.updated = loss.updated || (before.software !== null && before.software !== body.software);
  } else loss.rebooted = true;
  return loss;
}

/** A clean stop at the last beat is a volunteer's switch-off, not a loss. */
function voidIfStopped(state: ProbeState, stoppedAt: EpochMs, settings: Settings): Loss | null {
  const loss = state.losses.findLast(({ lastGood }) => Math.abs(lastGood - stoppedAt) <= settings.cleanStopMs) ?? null;
  if (loss === null || loss.void || loss.degrees.size > 0) return null;
  loss.void = true;
  setChurn(state, loss, false);
  return loss;
}

function readLink(state: ProbeState, timed: Timed, body: LinkBody): Loss | null {
  const { entry, at } = timed;
  // `since` and `until` are told by the same clock as the entry's own time.
  const trueTime = (told: string) => Math.min(at, Date.parse(told) + (at - Date.parse(entry.at)));
  const since = trueTime(body.since);
  const until = body.previous === undefined ? null : trueTime(body.previous.until);
  const before = state.latestLink;
  if (before === null || at >= before.at) state.latestLink = { at, well: body.state === "international" };
  if (body.state !== "international") {
    if (body.previous?.state === "international") noteWell(state, until);
    const loss = sawBad(state, timed, since, body, before?.well ?? false);
    if (loss !== null && until !== null && body.previous?.state === "international") lastGoodLook(loss, until);
    return loss;
  }
  const loss = lossAt(state, at);
  if (loss !== null && until !== null && body.previous?.state !== "international" && !isLater(loss, at, AFTERMATH_MS))
    loss.lastBad = Math.max(loss.lastBad ?? until, until);
  if (at > (state.lastWell ?? Number.NEGATIVE_INFINITY)) state.lastWell = at;
  return loss === null || isLater(loss, at, AFTERMATH_MS) ? null : sawWell(loss, at, since, entry.boot);
}

function noteWell(state: ProbeState, until: EpochMs | null): void {
  if (until !== null) state.lastWell = Math.max(state.lastWell ?? until, until);
}

/** A look that still found the line well bounds the loss from below, more sharply than a beat. */
function lastGoodLook(loss: Loss, until: EpochMs): void {
  if (loss.firstBad !== null && until <= loss.firstBad) loss.lastGood = Math.max(loss.lastGood, until);
}

function sawWell(loss: Loss, at: EpochMs, since: EpochMs, boot: string): Loss | null {
  if (loss.firstBad !== null && loss.firstBad <= at) {
    const end = Math.max(since, loss.lastBad ?? loss.firstBad);
    if (loss.endedAt !== null && loss.endedAt <= end) return null;
    loss.endedAt = end;
    return loss;
  }
  const silentBy = loss.missedBy ?? loss.lastGood;
  if (at <= silentBy) {
    loss.lastGood = Math.max(loss.lastGood, at);
    return loss;
  }
  if (since > silentBy) {
    // The line became well again: before the probe had found its way back to the collector.
    if (loss.endedAt !== null && loss.endedAt <= since) return null;
    loss.endedAt = since;
    return loss;
  }
  if (since > loss.lastGood || (loss.bootBefore !== null && loss.bootBefore !== boot)) return null;
  loss.wellDuring++;
  return loss;
}

function sawBad(state: ProbeState, timed: Timed, since: EpochMs, body: LinkBody, wasWell: boolean): Loss | null {
  const { entry, at } = timed;
  const loss = lossOfBad(state, at, since, wasWell);
  if (loss === null) return null;
  loss.firstBad = Math.min(loss.firstBad ?? since, since);
  if (loss.firstBad < loss.lastGood) {
    // Beats went on by another route after the ladder had fallen.
    loss.lastGood = state.lastWell !== null && state.lastWell <= loss.firstBad ? state.lastWell : loss.firstBad;
  }
  loss.lastBad = Math.max(loss.lastBad ?? at, at);
  if (loss.endedAt !== null && at > loss.endedAt) loss.endedAt = null;
  if (loss.bootBefore === null || loss.bootBefore === entry.boot) {
    const degree = degreeOf(body);
    loss.degrees.set(degree, (loss.degrees.get(degree) ?? 0) + 1);
    loss.gatewayUp = loss.gatewayUp || body.checks.gateway?.ok === true;
  } else loss.rebooted = true;
  return loss;
}

/** The loss that a bad entry belongs to; a new one when the line had been well until now. */
function lossOfBad(state: ProbeState, at: EpochMs, since: EpochMs, wasWell: boolean): Loss | null {
  const known = lossAt(state, at);
  if (known !== null && (known.endedAt === null || since <= known.endedAt)) return known;
  if (!wasWell) return null;
  const well = state.lastWell !== null && state.lastWell <= since ? state.lastWell : since;
  const loss = newLoss(state.info, well, state.boot);
  addLoss(state, loss);
  return loss;
}

/** The entry was written long after the loss was over. */
function isLater(loss: Loss, at: EpochMs, aftermathMs: number): boolean {
  return loss.endedAt !== null && at > loss.endedAt + aftermathMs;
}
