import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Agenda } from "../agenda.ts";
import { type LossGroup, lossIncident } from "../incidents/loss-incident.ts";
import { createLossShelf } from "../incidents/loss-shelf.ts";
import { incidentId, type Register } from "../incidents/register.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Timed } from "../timekeeper.ts";
import type { EpochMs } from "../types.ts";
import type { Pace } from "./burst.ts";
import { createCensus } from "./census.ts";
import { newChurn } from "./churn.ts";
import { isReal, type Loss, momentOf, newLoss } from "./loss.ts";
import { readJournal } from "./loss-journal.ts";
import { addLoss, countTime, newProbe, openLoss, setChurn } from "./probe-book.ts";
import { controlsAround, type Found, searchBurst } from "./search-burst.ts";
import type { ShutdownState } from "./shutdown-state.ts";

export type ShutdownDetector = {
  probe: (info: ProbeInfo) => void;
  /** Beats begin to come; over DNS they say that the host is up, not that its line is. */
  present: (probe: string, at: EpochMs, route?: "dns") => void;
  silent: (probe: string, at: EpochMs, lastBeat: EpochMs, route?: "dns") => void;
  /** Takes an entry of a host, by its id. */
  entry: (probe: string, timed: Timed) => void;
  gap: (from: EpochMs, to: EpochMs) => void;
};

/** Beats are sent with some spread: the next one is late only after this part of the interval more. */
const BEAT_SPREAD = 7 / 6;
const GAPS_KEPT = 256;
const RECENT_KEPT = 64;

/**
 * Shutdowns and outages: bursts of losses among expected probes (docs/method.md). A loss is silence, or the probe's
 * own ladder falling below its top, whichever is known first; journals that come later move its edges, tell its
 * degree and weigh its causes. Each loss is judged one heartbeat after it is known, when the silence of the controls
 * would be known as well: if they fell silent too, it is the collector's fault and no incident.
 */
export function createShutdownDetector(options: {
  knowledge: Knowledge;
  agenda: Agenda;
  register: Pick<Register, "put" | "withdraw">;
}): ShutdownDetector {
  const { knowledge, agenda, register } = options;
  const state: ShutdownState = {
    knowledge,
    agenda,
    shelf: createLossShelf(register, knowledge.settings),
    probes: new Map(),
    controls: new Set(),
    census: createCensus(),
    fleet: newChurn(),
    gaps: [],
    groups: new Map(),
    recent: [],
    waiting: new Set(),
  };
  return {
    probe: (info) => takeProbe(state, info),
    present: (id, at, route) => (route === "dns" ? heardByDns(state, id, at) : becamePresent(state, id, at)),
    silent: (id, at, lastBeat, route) => (route === "dns" ? lostByDns(state, id) : fellSilent(state, id, at, lastBeat)),
    entry: (id, timed) => takeEntry(state, id, timed),
    gap: (from, to) => {
      state.gaps.push({ from, to });
      if (state.gaps.length > GAPS_KEPT) state.gaps.shift();
    },
  };
}

function takeProbe(state: ShutdownState, info: ProbeInfo): void {
  const probe = state.probes.get(info.id) ?? newProbe(info);
  state.probes.set(info.id, probe);
  Object.assign(probe, { info, left: info.to !== null });
  if (info.role === "control") state.controls.add(probe);
  else state.controls.delete(probe);
  state.census.count(probe);
}

function becamePresent(state: ShutdownState, id: string, at: EpochMs): void {
  const probe = state.probes.get(id);
  if (probe === undefined) return;
  if (!probe.present) Object.assign(probe, { present: true, since: at, countedTo: at });
  const loss = openLoss(probe);
  if (loss !== null && loss.missedBy !== null) {
    Object.assign(loss, { endedAt: Math.max(at, loss.lastGood), endedByPresence: true });
    touch(state, loss, at);
  }
  state.census.count(probe);
}

function heardByDns(state: ShutdownState, id: string, at: EpochMs): void {
  const probe = state.probes.get(id);
  if (probe === undefined) return;
  probe.heardByDns = true;
  const loss = openLoss(probe);
  if (loss === null) return;
  loss.heardByDns = true;
  touch(state, loss, at);
}

function lostByDns(state: ShutdownState, id: string): void {
  const probe = state.probes.get(id);
  if (probe !== undefined) probe.heardByDns = false;
}

function takeEntry(state: ShutdownState, id: string, timed: Timed): void {
  const probe = state.probes.get(id);
  if (probe === undefined) return;
  const { knowledge, fleet, census, agenda, groups } = state;
  const known = probe.losses.length;
  const loss = readJournal(probe, timed, { settings: knowledge.settings, fleet });
  if (loss === null) return;
  if (probe.losses.length !== known) census.addLoss(loss);
  census.count(probe);
  if (!groups.has(loss) && loss.degrees.size > 0)
    agenda.add(timed.received + knowledge.settings.settleMs, (now) => evaluate(state, loss, now));
  touch(state, loss, timed.received);
}

function fellSilent(state: ShutdownState, id: string, at: EpochMs, lastBeat: EpochMs): void {
  const { settings } = state.knowledge;
  const probe = state.probes.get(id);
  // An archive's last line may end a presence at its last beat: that is no silence.
  if (probe === undefined || at <= lastBeat) return;
  const presentSince = probe.since;
  countTime(probe, state.fleet, lastBeat);
  Object.assign(probe, { present: false, since: null, countedTo: null });
  state.census.count(probe);
  // While the collector did not run nobody could be heard.
  if (state.gaps.some(({ from, to }) => from <= at && to >= lastBeat)) return;
  if (probe.lastStop !== null && Math.abs(probe.lastStop - lastBeat) <= settings.cleanStopMs) return;
  const beatMs = (at - lastBeat) / settings.missedBeats;
  const missedBy = lastBeat + beatMs * BEAT_SPREAD;
  const open = openLoss(probe);
  const loss = open ?? newLoss(probe.info, lastBeat, probe.boot);
  loss.missedBy = Math.min(loss.missedBy ?? missedBy, missedBy);
  if (open === null) {
    loss.presentSince = presentSince;
    if (probe.lastWell !== null && probe.lastWell > lastBeat && probe.lastWell <= missedBy)
      loss.lastGood = probe.lastWell;
    addLoss(probe, loss);
    state.census.addLoss(loss);
  }
  state.agenda.add(at + beatMs, (now) => evaluate(state, loss, now));
  touch(state, loss, at);
}

/** What changed is published a moment later, once for everything delivered together. */
function touch(state: ShutdownState, loss: Loss, at: EpochMs): void {
  const group = state.groups.get(loss);
  if (group === undefined || state.waiting.has(group)) return;
  state.waiting.add(group);
  state.agenda.add(at + state.knowledge.settings.settleMs, () => publish(state, group));
}

/** Publishes a group, or takes it back when its losses were switch-offs or the collector's own fault. */
function publish(state: ShutdownState, group: LossGroup): void {
  state.waiting.delete(group);
  const incident = lossIncident(group, state.knowledge);
  if (incident === null) state.shelf.withdraw(group.id);
  else state.shelf.put(incident);
}

function evaluate(state: ShutdownState, loss: Loss, now: EpochMs): void {
  // Its beats over DNS would have been missed by now as well.
  if (loss.endedAt === null && state.probes.get(loss.probe.id)?.heardByDns === true) {
    loss.heardByDns = true;
    touch(state, loss, now);
  }
  if (!isReal(loss) || state.groups.has(loss) || loss.probe.role !== "witness") return;
  // Back within a heartbeat, and its journal shows nothing.
  if (loss.endedAt !== null && loss.degrees.size === 0 && !loss.rebooted) return;
  const { settings } = state.knowledge;
  const moment = momentOf(loss);
  const controls = controlsAround(state, moment);
  const ours = controls.known > 0 && controls.lost * 2 >= controls.known;
  for (const pace of ["burst", "fade"] as const) {
    const found = searchBurst(state, loss, pace);
    if (found === null) continue;
    const told = found.lost.filter(({ degrees }) => degrees.size > 0).length;
    if (!ours || told >= settings.minProbes) join(state, found, { pace, controls, now });
    return;
  }
  const probe = state.probes.get(loss.probe.id);
  if (probe !== undefined && loss.missedBy !== null && !ours) setChurn(probe, state.fleet, loss, true);
}

type Finding = { pace: Pace; controls: LossGroup["controls"]; now: EpochMs };

/** Adds losses to the group that one of them is in or that began about then, or makes a group of them. */
function join(state: ShutdownState, { lost, expected, stayed }: Found, { pace, controls, now }: Finding): void {
  const known = lost.map((loss) => state.groups.get(loss)).find((group) => group !== undefined);
  const group = known ?? reopened(state, lost) ?? begunAbout(state, lost) ?? newGroup(lost, { pace, controls, now });
  if (!state.recent.includes(group)) {
    state.recent.push(group);
    if (state.recent.length > RECENT_KEPT) state.recent.shift();
  }
  if (pace === "burst") group.pace = "burst";
  for (const { id } of expected) group.expected.add(id);
  for (const probe of stayed) group.stayed.set(probe.id, probe);
  for (const loss of lost) {
    if (state.groups.has(loss)) continue;
    state.groups.set(loss, group);
    group.losses.push(loss);
    const probe = state.probes.get(loss.probe.id);
    // A common loss is no sign of a probe's own churn.
    if (probe !== undefined) setChurn(probe, state.fleet, loss, false);
  }
  publish(state, group);
}

function newGroup(losses: readonly Loss[], { pace, controls, now }: Finding): LossGroup {
  const moment = Math.min(...losses.map(momentOf));
  const cells = losses.map(({ probe }) => `${probe.asn ?? "?"}|${probe.region ?? "?"}`).sort();
  const id = incidentId("loss", cells[0] ?? "", moment);
  return { id, losses: [], moment, pace, detectedAt: now, expected: new Set(), stayed: new Map(), controls };
}

/** The cut that ended a short while ago for most of these probes: it flaps, and is the same. */
function reopened({ recent, knowledge }: ShutdownState, losses: readonly Loss[]): LossGroup | null {
  const { reopenMs, burstShare } = knowledge.settings;
  const moment = Math.min(...losses.map(momentOf));
  const probes = new Set(losses.map(({ probe }) => probe.id));
  const found = recent.findLast((group) => {
    const again = group.losses.filter(
      ({ probe, endedAt }) =>
        endedAt !== null && endedAt <= moment && moment - endedAt <= reopenMs && probes.has(probe.id),
    );
    return again.length > 0 && again.length >= burstShare * losses.length;
  });
  return found ?? null;
}

/** A cut elsewhere that began about then and goes on: the same one. */
function begunAbout({ recent, knowledge }: ShutdownState, losses: readonly Loss[]): LossGroup | null {
  const { lossMergeMs } = knowledge.settings;
  const moment = Math.min(...losses.map(momentOf));
  const found = recent.findLast(
    (group) =>
      Math.abs(moment - group.moment) <= lossMergeMs &&
      group.losses.some(({ endedAt }) => endedAt === null || endedAt > moment),
  );
  return found ?? null;
}
