import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Agenda } from "../agenda.ts";
import { type LossGroup, lossIncident } from "../incidents/loss-incident.ts";
import { incidentId, type Register } from "../incidents/register.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Timed } from "../timekeeper.ts";
import type { EpochMs } from "../types.ts";
import { type Expected, findBurst } from "./burst.ts";
import { type Loss, momentOf, newLoss } from "./loss.ts";
import { readJournal } from "./loss-journal.ts";
import { addLoss, dropChance, newProbe, openLoss, type ProbeState, setChurn } from "./probe-book.ts";

export type ShutdownDetector = {
  probe: (info: ProbeInfo) => void;
  present: (probe: string, at: EpochMs) => void;
  silent: (probe: string, at: EpochMs, lastBeat: EpochMs) => void;
  entry: (timed: Timed) => void;
  gap: (from: EpochMs, to: EpochMs) => void;
};

type State = {
  knowledge: Knowledge;
  agenda: Agenda;
  register: Pick<Register, "put" | "withdraw">;
  probes: Map<string, ProbeState>;
  gaps: { from: EpochMs; to: EpochMs }[];
  groups: Map<Loss, LossGroup>;
  /** Groups lately found or reopened, oldest first. */
  recent: LossGroup[];
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
  const state: State = { ...options, probes: new Map(), gaps: [], groups: new Map(), recent: [] };
  const { settings } = options.knowledge;
  return {
    probe: (info) => {
      const known = state.probes.get(info.id);
      if (known === undefined) state.probes.set(info.id, newProbe(info));
      else Object.assign(known, { info, left: info.to !== null });
    },
    present: (id, at) => {
      const probe = state.probes.get(id);
      if (probe === undefined) return;
      Object.assign(probe, { present: true, since: probe.since ?? at, lastSeen: at });
      const loss = openLoss(probe);
      if (loss === null || loss.missedBy === null) return;
      loss.endedAt = Math.max(at, loss.lastGood);
      changed(state, loss);
    },
    silent: (id, at, lastBeat) => fellSilent(state, id, at, lastBeat),
    entry: (timed) => {
      const probe = state.probes.get(timed.entry.probe);
      if (probe === undefined) return;
      const loss = readJournal(probe, timed, settings);
      if (loss === null) return;
      if (!state.groups.has(loss) && loss.degrees.size > 0)
        state.agenda.add(timed.received + settings.settleMs, (now) => evaluate(state, loss, now));
      changed(state, loss);
    },
    gap: (from, to) => {
      state.gaps.push({ from, to });
      if (state.gaps.length > GAPS_KEPT) state.gaps.shift();
    },
  };
}

function fellSilent(state: State, id: string, at: EpochMs, lastBeat: EpochMs): void {
  const { settings } = state.knowledge;
  const probe = state.probes.get(id);
  if (probe === undefined) return;
  if (probe.since !== null) probe.watchedMs += Math.max(0, lastBeat - probe.since);
  Object.assign(probe, { present: false, since: null, lastSeen: lastBeat });
  // While the collector did not run nobody could be heard.
  if (state.gaps.some(({ from, to }) => from <= at && to >= lastBeat)) return;
  if (probe.lastStop !== null && Math.abs(probe.lastStop - lastBeat) <= settings.cleanStopMs) return;
  const beatMs = (at - lastBeat) / settings.missedBeats;
  const missedBy = lastBeat + beatMs * BEAT_SPREAD;
  const open = openLoss(probe);
  const loss = open ?? newLoss(probe.info, lastBeat, probe.boot);
  loss.missedBy = Math.min(loss.missedBy ?? missedBy, missedBy);
  if (open === null) {
    if (probe.lastWell !== null && probe.lastWell > lastBeat && probe.lastWell <= missedBy)
      loss.lastGood = probe.lastWell;
    addLoss(probe, loss);
  }
  state.agenda.add(at + beatMs, (now) => evaluate(state, loss, now));
  changed(state, loss);
}

function changed(state: State, loss: Loss): void {
  const group = state.groups.get(loss);
  if (group !== undefined) publish(state, group);
}

/** Publishes a group, or takes it back when its losses were switch-offs or the collector's own fault. */
function publish({ register, knowledge }: State, group: LossGroup): void {
  const incident = lossIncident(group, knowledge);
  if (incident === null) register.withdraw(group.id);
  else register.put(incident);
}

function evaluate(state: State, loss: Loss, now: EpochMs): void {
  const { settings } = state.knowledge;
  const trigger = loss.probe;
  if (loss.void || state.groups.has(loss) || trigger.role !== "witness") return;
  // Back within a heartbeat, and its journal shows nothing.
  if (loss.endedAt !== null && loss.degrees.size === 0 && !loss.rebooted) return;
  const { expected, found, controls } = survey(state, momentOf(loss), now);
  const told = [...found.values()].filter(({ degrees }) => degrees.size > 0).length;
  if (controls.known > 0 && controls.lost * 2 >= controls.known && told < settings.minProbes) return;
  const burst = findBurst(trigger, expected, settings);
  if (burst === null) {
    const probe = state.probes.get(trigger.id);
    if (probe !== undefined && loss.missedBy !== null) setChurn(probe, loss, true);
    return;
  }
  const losses = burst.lost.map(({ id }) => found.get(id)).filter((one) => one !== undefined);
  if (losses.length === 0) return;
  join(state, losses, { stayed: stayedBeside(losses, expected), controls, now });
}

type Survey = { expected: Expected[]; found: Map<string, Loss>; controls: LossGroup["controls"] };

/** Who was expected around a moment, and who was lost. Probes already gone by then are not expected. */
function survey({ probes, knowledge: { settings } }: State, moment: EpochMs, now: EpochMs): Survey {
  const result: Survey = { expected: [], found: new Map(), controls: { known: 0, lost: 0 } };
  for (const probe of probes.values()) {
    const loss = probe.losses.findLast(
      (one) => !one.void && Math.abs(momentOf(one) - moment) <= settings.burstWindowMs,
    );
    if (loss === undefined && (!probe.present || probe.left || openLoss(probe) !== null)) continue;
    if (probe.info.role === "control") {
      result.controls.known++;
      if (loss !== undefined) result.controls.lost++;
      continue;
    }
    if (loss !== undefined) result.found.set(probe.info.id, loss);
    const chance = dropChance(probe, now, settings);
    result.expected.push({ probe: probe.info, lost: loss !== undefined, dropChance: chance });
  }
  return result;
}

/** Adds losses to the group that one of them is in, or makes a group of them. */
function join(
  state: State,
  losses: readonly Loss[],
  { stayed, controls, now }: { stayed: ProbeInfo[]; controls: LossGroup["controls"]; now: EpochMs },
): void {
  const known = losses.map((loss) => state.groups.get(loss)).find((group) => group !== undefined);
  const group = known ?? reopened(state, losses) ?? { id: idOf(losses), waves: [], detectedAt: now, stayed, controls };
  if (known === undefined) {
    group.waves.push(new Map());
    state.recent.push(group);
    if (state.recent.length > RECENT_KEPT) state.recent.shift();
  }
  for (const loss of losses) {
    if (state.groups.has(loss)) continue;
    state.groups.set(loss, group);
    group.waves.at(-1)?.set(loss.probe.id, loss);
    const probe = state.probes.get(loss.probe.id);
    // A common loss is no sign of a probe's own churn.
    if (probe !== undefined) setChurn(probe, loss, false);
  }
  group.stayed = stayed;
  publish(state, group);
}

/** The cut that ended a short while ago for most of these probes: it flaps, and is the same. */
function reopened({ recent, knowledge }: State, losses: readonly Loss[]): LossGroup | null {
  const { reopenMs, burstShare } = knowledge.settings;
  const moment = Math.min(...losses.map(momentOf));
  const found = recent.findLast((group) => {
    const before = [...(group.waves.at(-1)?.values() ?? [])].filter((loss) => !loss.void);
    const back = before.filter(({ endedAt }) => endedAt !== null && endedAt <= moment && moment - endedAt <= reopenMs);
    const again = back.filter(({ probe }) => losses.some((loss) => loss.probe.id === probe.id));
    return again.length > 0 && again.length >= burstShare * losses.length;
  });
  return found ?? null;
}

function stayedBeside(losses: readonly Loss[], expected: readonly Expected[]): ProbeInfo[] {
  const regions = new Set(losses.map(({ probe }) => probe.region));
  return expected.filter(({ probe, lost }) => !lost && regions.has(probe.region)).map(({ probe }) => probe);
}

function idOf(losses: readonly Loss[]): string {
  const cells = losses.map(({ probe }) => `${probe.asn ?? "?"}|${probe.region ?? "?"}`).sort();
  return incidentId("loss", cells[0] ?? "", Math.min(...losses.map(momentOf)));
}
