import type { ProbeInfo } from "../../protocol/archive.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { Agenda } from "./agenda.ts";
import { classifyAgainst } from "./classify.ts";
import { createControlShelf } from "./control-shelf.ts";
import type { Knowledge } from "./knowledge.ts";
import type { LinkView } from "./read/link-view.ts";
import type { EpochMs } from "./types.ts";

/** A measurement as it came, with its true time. */
export type Measured = { probe: ProbeInfo; seq: number; body: WebBody; measuredAt: EpochMs; received: EpochMs };
/** Its verdict, made at stream time `now`. */
export type Ruled = Measured & { verdict: Verdict; now: EpochMs };

export type Judge = {
  /** A control's measurement. */
  control: (measured: Measured) => void;
  /** A witness's measurement: judged soon, or when controls have spoken. */
  witness: (measured: Measured, cadenceMs: number) => void;
};

type Pending = { measured: Measured; cadenceMs: number; settled: boolean; done: boolean };

const NO_SUSPECTS: readonly LocalSuspect[] = [];

/**
 * Joins measurements with control measurements of the same target. A measurement without a single failed step is
 * judged once everything delivered with it is taken in. Any other waits until every active control has measured the
 * target after it, at most half a round, so that a site that has just died is not called blocked; then it is judged
 * once, against each control's nearest results before and after.
 */
export function createJudge(options: {
  knowledge: Knowledge;
  agenda: Agenda;
  /** The worst state of a probe's line from one moment to another. */
  lineOf: (probe: string, from: EpochMs, to: EpochMs) => LinkView | null;
  ruled: (ruled: Ruled) => void;
}): Judge {
  const { knowledge, agenda, lineOf, ruled } = options;
  const { settings } = knowledge;
  const shelf = createControlShelf(settings);
  const waiting = new Map<string, Set<Pending>>();

  const rule = (pending: Pending, now: EpochMs) => {
    if (pending.done) return;
    pending.done = true;
    const { measured, cadenceMs } = pending;
    const { body, probe, measuredAt } = measured;
    waiting.get(body.target)?.delete(pending);
    const controls = shelf.around(body.target, measuredAt, cadenceMs);
    const link = lineOf(probe.id, measuredAt - body.durationMs, measuredAt + settings.linkSlackMs);
    ruled({ ...measured, now, verdict: classifyAgainst({ body, local: NO_SUSPECTS, link }, controls, knowledge) });
  };
  const ruleIfSettled = (pending: Pending, now: EpochMs) => {
    const { measured, cadenceMs } = pending;
    const clean = !hasFailure(measured.body);
    if (clean || shelf.allAfter(measured.body.target, measured.measuredAt, cadenceMs, now)) rule(pending, now);
  };
  return {
    control: (measured) => {
      shelf.put(measured);
      for (const pending of waiting.get(measured.body.target) ?? [])
        if (pending.settled) ruleIfSettled(pending, measured.received);
    },
    witness: (measured, cadenceMs) => {
      const pending: Pending = { measured, cadenceMs, settled: false, done: false };
      const { target } = measured.body;
      waiting.set(target, (waiting.get(target) ?? new Set()).add(pending));
      const wait = clamp(cadenceMs * settings.controlWaitRounds, settings.controlWaitMinMs, settings.controlWaitMaxMs);
      agenda.add(measured.received + settings.settleMs, (now) => {
        pending.settled = true;
        ruleIfSettled(pending, now);
        if (!pending.done) agenda.add(measured.received + wait, (deadline) => rule(pending, deadline));
      });
    },
  };
}

function hasFailure(body: WebBody): boolean {
  return [...body.dns, ...body.tcp, ...body.tls, ...body.http].some(({ failure }) => failure !== null);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
