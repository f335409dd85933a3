import type { StartBody } from "../../../protocol/records/life.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import { rung } from "../read/link-view.ts";
import type { Settings } from "../settings.ts";
import type { Timed } from "../timekeeper.ts";
import type { EpochMs } from "../types.ts";
import type { Churn } from "./churn.ts";
import { degreeOf, isWell } from "./extent.ts";
import { type Loss, newLoss } from "./loss.ts";
import { addLoss, lossAt, type ProbeState, setChurn } from "./probe-book.ts";

/** What reading a journal needs beside the probe: the numbers, and the fleet's churn. */
export type JournalContext = { settings: Settings; fleet: Churn };

/** A link entry this long after a loss still tells of it (one is written every five minutes). */
const AFTERMATH_MS = 600_000;
/** A host that starts anew this long after the loss was over did so for reasons of its own. */
const BOOT_AFTERMATH_MS = 60_000;
/** A host starts this soon after its power is back. */
const POWER_UP_MS = 120_000;
/** Different anchors remembered of one loss. */
const ANCHORS_KEPT = 16;

/**
 * Takes a journal entry of a probe into its losses: edges, degree, boots. Returns the loss it changed or made, null
 * when it says nothing of any.
 */
export function readJournal(state: ProbeState, timed: Timed, context: JournalContext): Loss | null {
  const { entry, at } = timed;
  const changed = sawBoot(state, timed);
  const told = readEntry(state, timed, context);
  if (state.boot === null || state.lastEntryAt === null || at >= state.lastEntryAt) {
    state.boot = entry.boot;
    state.lastEntryAt = at;
  }
  return told ?? changed;
}

function readEntry(state: ProbeState, timed: Timed, context: JournalContext): Loss | null {
  const { entry, at } = timed;
  switch (entry.kind) {
    case "link":
      return readLink(state, timed, entry.body);
    case "start":
      return readStart(state, timed, entry.body, context);
    case "stop":
      state.lastStop = Math.max(state.lastStop ?? at, at);
      return voidIfStopped(state, at, context);
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

function readStart(state: ProbeState, { entry, at }: Timed, body: StartBody, context: JournalContext): Loss | null {
  const before = { boot: state.boot, software: state.software };
  state.software = body.software;
  const loss = lossAt(state, at);
  if (loss === null || isLater(loss, at, BOOT_AFTERMATH_MS)) return null;
  if (body.previous.end === "clean" && loss.degrees.size === 0) {
    const stopped = body.previous.lastAliveAt === null ? loss.lastGood : Date.parse(body.previous.lastAliveAt);
    return voidIfStopped(state, stopped, context);
  }
  const upSince = at - body.uptimeS * 1000;
  const bootBefore = loss.bootBefore ?? before.boot;
  // Without a boot to compare with, a host that has been up for longer than the loss did not start anew.
  if (bootBefore === entry.boot || (bootBefore === null && upSince < loss.lastGood)) {
    loss.sameBootAt = at;
    loss.restarted = true;
    loss.updated = loss.updated || (before.software !== null && before.software !== body.software);
    return loss;
  }
  loss.rebooted = true;
  if (upSince - POWER_UP_MS > loss.lastGood) loss.lastBad = Math.max(loss.lastBad ?? 0, upSince - POWER_UP_MS);
  return loss;
}

/** A clean stop at the last beat is a volunteer's switch-off, not a loss. */
function voidIfStopped(state: ProbeState, stoppedAt: EpochMs, { settings, fleet }: JournalContext): Loss | null {
  const loss = state.losses.findLast(({ lastGood }) => Math.abs(lastGood - stoppedAt) <= settings.cleanStopMs) ?? null;
  if (loss === null || loss.void || loss.degrees.size > 0) return null;
  loss.void = true;
  setChurn(state, fleet, loss, false);
  return loss;
}

/** True time of what an entry tells of the past: through the monotonic clock where it can, else as its own time errs. */
function toldTime({ entry, at }: Timed, wall: string, mono: number | undefined): EpochMs {
  if (mono !== undefined && mono <= entry.mono) return Math.round(at - (entry.mono - mono));
  return Math.min(at, Date.parse(wall) + (at - Date.parse(entry.at)));
}

function readLink(state: ProbeState, timed: Timed, body: LinkBody): Loss | null {
  // Whoever stands behind a login page says nothing of the network: no claim is made from there, neither way.
  if (body.portal) return null;
  const { at } = timed;
  const { previous } = body;
  const well = isWell(body);
  // A line that is ill at the top of its ladder (names, part of the world) has been so since nobody knows when.
  const since = well || body.state !== "international" ? toldTime(timed, body.since, body.sinceMono) : at;
  const until = previous === undefined ? null : toldTime(timed, previous.until, previous.untilMono);
  const top = previous?.state === "international";
  const before = state.latestLink;
  if (before === null || at >= before.at) state.latestLink = { at, well };
  const change = { since, wellUntil: top ? until : null, illUntil: top ? null : until };
  return well ? readWell(state, timed, change) : readBad(state, timed, { ...change, body, before });
}

/** What a link entry tells of the change before it: the latest look that found the line as it had been. */
type LineChange = { since: EpochMs; wellUntil: EpochMs | null; illUntil: EpochMs | null };

function readBad(
  state: ProbeState,
  timed: Timed,
  { since, wellUntil, body, before }: LineChange & { body: LinkBody; before: ProbeState["latestLink"] },
): Loss | null {
  if (wellUntil !== null) state.lastWell = Math.max(state.lastWell ?? wellUntil, wellUntil);
  const wasWell = wellUntil !== null || (before?.well ?? false);
  const loss = sawBad(state, timed, { since, body, wasWell });
  if (loss !== null && wellUntil !== null) lastGoodLook(loss, wellUntil);
  return loss;
}

function readWell(state: ProbeState, { entry, at }: Timed, { since, illUntil }: LineChange): Loss | null {
  state.lastWell = Math.max(state.lastWell ?? at, at);
  const loss = lossAt(state, at);
  if (loss === null || isLater(loss, at, AFTERMATH_MS)) return null;
  if (illUntil !== null) loss.lastBad = Math.max(loss.lastBad ?? illUntil, illUntil);
  return sawWell(loss, { at, since, boot: entry.boot });
}

/** A look that still found the line well bounds the loss from below, more sharply than a beat. */
function lastGoodLook(loss: Loss, until: EpochMs): void {
  if (loss.firstBad !== null && until <= loss.firstBad) loss.lastGood = Math.max(loss.lastGood, until);
}

function sawWell(loss: Loss, { at, since, boot }: { at: EpochMs; since: EpochMs; boot: string }): Loss | null {
  if (loss.firstBad !== null && loss.firstBad <= at) {
    // Ill at the top of the ladder, the line has no `since` of its own return: the entry bounds it.
    const end = since < loss.firstBad ? at : Math.max(since, loss.lastBad ?? loss.firstBad);
    return endsAt(loss, end);
  }
  const silentBy = loss.missedBy ?? loss.lastGood;
  if (at <= silentBy) {
    loss.lastGood = Math.max(loss.lastGood, at);
    return loss;
  }
  // The line became well again: before the probe had found its way back to the collector.
  if (since > silentBy) return endsAt(loss, since);
  if (since > loss.lastGood || (loss.bootBefore !== null && loss.bootBefore !== boot)) return null;
  loss.wellDuring++;
  return loss;
}

/** The journal knows the end better than presence does. */
function endsAt(loss: Loss, end: EpochMs): Loss | null {
  if (loss.endedAt !== null && loss.endedAt <= end && !loss.endedByPresence) return null;
  if (loss.endedAt !== null && loss.endedAt < end) return null;
  loss.endedAt = end;
  loss.endedByPresence = false;
  return loss;
}

type Bad = { since: EpochMs; body: LinkBody; wasWell: boolean };

function sawBad(state: ProbeState, timed: Timed, bad: Bad): Loss | null {
  const { entry, at } = timed;
  const { since, body } = bad;
  const loss = lossOfBad(state, at, bad);
  if (loss === null) return null;
  loss.firstBad = Math.min(loss.firstBad ?? since, since);
  if (loss.firstBad < loss.lastGood) {
    // Beats went on by another route after the ladder had fallen.
    loss.lastGood = state.lastWell !== null && state.lastWell <= loss.firstBad ? state.lastWell : loss.firstBad;
  }
  loss.lastBad = Math.max(loss.lastBad ?? at, at);
  if (loss.endedAt !== null && at > loss.endedAt) loss.endedAt = null;
  if (loss.bootBefore !== null && loss.bootBefore !== entry.boot) {
    loss.rebooted = true;
    return loss;
  }
  const degree = degreeOf(body);
  loss.degrees.set(degree, (loss.degrees.get(degree) ?? 0) + 1);
  if (body.checks.gateway !== null) loss.gateway[body.checks.gateway.ok ? "up" : "down"]++;
  loss.provider[rung(body.state) >= rung("isp") ? "up" : "down"]++;
  for (const { id, ok } of body.checks.foreign) countAnchor(loss, id, ok);
  return loss;
}

function countAnchor({ anchors }: Loss, id: string, ok: boolean): void {
  const known = anchors.get(id);
  if (known !== undefined) known[ok ? "up" : "down"]++;
  else if (anchors.size < ANCHORS_KEPT) anchors.set(id, { up: ok ? 1 : 0, down: ok ? 0 : 1 });
}

/** The loss that a bad entry belongs to; a new one when the line had been well until now. */
function lossOfBad(state: ProbeState, at: EpochMs, { since, wasWell }: Bad): Loss | null {
  const known = lossAt(state, at);
  if (known !== null && (known.endedAt === null || since <= known.endedAt)) return known;
  if (!wasWell) return null;
  const well = state.lastWell !== null && state.lastWell <= since ? state.lastWell : since;
  const loss = newLoss(state.info, well, state.boot);
  loss.presentSince = state.since !== null && state.since <= well ? state.since : null;
  addLoss(state, loss);
  return loss;
}

/** The entry was written long after the loss was over. */
function isLater(loss: Loss, at: EpochMs, aftermathMs: number): boolean {
  return loss.endedAt !== null && at > loss.endedAt + aftermathMs;
}
