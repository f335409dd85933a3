import type { ProbeInfo } from "../../protocol/archive.ts";
import type { Failure } from "../../protocol/failure.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { Agenda } from "./agenda.ts";
import type { SiteState } from "./causes/site-weather.ts";
import { createControlShelf, windowOf } from "./control-shelf.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Post } from "./post.ts";
import type { LinkView } from "./read/link-view.ts";
import { createSecondLook } from "./second-look.ts";
import type { Body, EpochMs } from "./types.ts";

/** A measurement as it came, with its true time. */
export type Measured<B extends Body = Body> = {
  /** The key under which it was written, where the host has had others before. */
  key: string;
  seq: number;
  body: B;
  measuredAt: EpochMs;
  received: EpochMs;
};
/**
 * A witness's measurement. Judging fills in, in place, the verdict that no control can change, when it was judged (stream
 * time), and whether it was again, in place of an inconclusive verdict: nearly every record passes here, and a copy of it
 * costs more than its verdict.
 */
export type Witnessed<B extends Body = Body> = Measured<B> & {
  post: Post;
  cadenceMs: number;
  plain: Verdict | null;
  now: EpochMs;
  again: boolean;
};

export type Judge<B extends Body> = {
  /** A control's measurement of a target. */
  control: (probe: ProbeInfo, target: string, measured: Measured<B>) => void;
  /** A witness's measurement: judged soon, or when controls have spoken. */
  witness: (measured: Witnessed<B>) => void;
};

/** How one kind of measurement is judged. `F` is what is kept of a control's. */
export type Trade<B extends Body, F> = {
  read: (control: { body: B; place: string | null; measuredAt: EpochMs; probe: string }) => F;
  isWell: (facts: F) => boolean;
  /** How a control found the target; null where it says nothing. */
  stateOf: (facts: F) => SiteState | null;
  /** The verdict where controls and the state of the line could not change it; null where they might. */
  decided: (body: B) => Verdict | null;
  classify: (
    measurement: { body: B; local: readonly LocalSuspect[]; link: LinkView | null },
    controls: readonly F[],
    knowledge: Knowledge,
  ) => Verdict;
};

type Pending<B extends Body> = {
  measured: Witnessed<B>;
  measuredAt: EpochMs;
  cadenceMs: number;
  settled: boolean;
  done: boolean;
};

const NO_SUSPECTS: readonly LocalSuspect[] = [];

/**
 * Joins measurements with control measurements of the same target. A measurement without a single failed step, or one
 * that no control can change anything about, is judged once everything delivered with it is taken in. Any other waits
 * until every active control has measured the target since it began, or just before, at most half a round, so that a
 * site that died is not called blocked; it is judged
 * against each control's nearest results before and after. What is inconclusive then is judged again when a control's
 * journal brings a result of about its moment, hours later if need be; a decided verdict replaces the first, and stays.
 */
export function createJudge<B extends Body, F extends { measuredAt: EpochMs; restless: boolean }>(options: {
  trade: Trade<B, F>;
  knowledge: Knowledge;
  agenda: Agenda;
  /** The worst state of a probe's line from one moment to another. */
  lineOf: (probe: string, from: EpochMs, to: EpochMs) => LinkView | null;
  ruled: (measured: Witnessed<B>, verdict: Verdict) => void;
  /** Told of what each control found. */
  controlSaw: (target: string, control: string, at: EpochMs, state: SiteState) => void;
}): Judge<B> {
  const { trade, knowledge, agenda, lineOf, ruled, controlSaw } = options;
  const { settings } = knowledge;
  const shelf = createControlShelf(settings, trade.isWell);
  const waiting = new Map<string, Set<Pending<B>>>();
  const open = createSecondLook<Pending<B>>(
    settings,
    (one, moment) => Math.abs(one.measuredAt - moment) <= windowOf(one.cadenceMs, settings),
  );

  const tell = (measured: Witnessed<B>, verdict: Verdict, now: EpochMs) => {
    measured.now = now;
    ruled(measured, verdict);
  };
  const verdictOn = ({ measured, cadenceMs }: Pending<B>): Verdict => {
    const { body, post, measuredAt } = measured;
    const controls = shelf.around(post.target, measuredAt, cadenceMs);
    const link = lineOf(post.probe.id, measuredAt - body.durationMs, measuredAt + settings.linkSlackMs);
    return trade.classify({ body, local: NO_SUSPECTS, link }, controls, knowledge);
  };
  const rule = (pending: Pending<B>, now: EpochMs) => {
    if (pending.done) return;
    pending.done = true;
    const { measured } = pending;
    const { target } = measured.post;
    waiting.get(target)?.delete(pending);
    const verdict = verdictOn(pending);
    if (verdict.code === "inconclusive") open.keep(target, pending, now);
    tell(measured, verdict, now);
  };
  /** Judges again what was left open around a control's result, once all that came with it is taken in. */
  const lookAgain = (target: string, moment: EpochMs, now: EpochMs) => {
    for (const pending of open.near(target, moment, now)) {
      const verdict = verdictOn(pending);
      if (verdict.code === "inconclusive") continue;
      open.drop(target, pending);
      pending.measured.again = true;
      tell(pending.measured, verdict, now);
    }
  };
  const ruleIfSettled = (pending: Pending<B>, now: EpochMs) => {
    const { measured, cadenceMs } = pending;
    const { body, post, measuredAt } = measured;
    const begun = measuredAt - body.durationMs;
    if (!hasFailure(body) || shelf.allHeard(post.target, begun, cadenceMs, now)) rule(pending, now);
  };
  const settle = (pending: Pending<B>, now: EpochMs) => {
    pending.settled = true;
    ruleIfSettled(pending, now);
    if (pending.done) return;
    const { received, cadenceMs } = pending.measured;
    const wait = clamp(cadenceMs * settings.controlWaitRounds, settings.controlWaitMinMs, settings.controlWaitMaxMs);
    agenda.add(received + wait, (deadline) => rule(pending, deadline));
  };
  const tellPlain = (measured: Witnessed<B>, now: EpochMs) => {
    if (measured.plain !== null) tell(measured, measured.plain, now);
  };
  return {
    control: (probe, target, { body, measuredAt, received }) => {
      const facts = trade.read({ body, place: probe.region, measuredAt, probe: probe.id });
      shelf.put(target, probe.id, facts, received);
      const state = trade.stateOf(facts);
      if (state !== null) controlSaw(target, probe.id, measuredAt, state);
      for (const pending of waiting.get(target) ?? []) if (pending.settled) ruleIfSettled(pending, received);
      if (open.near(target, measuredAt, received).length > 0)
        agenda.add(received + settings.settleMs, (now) => lookAgain(target, measuredAt, now));
    },
    witness: (measured) => {
      const { received, measuredAt, cadenceMs, post } = measured;
      measured.plain = trade.decided(measured.body);
      if (measured.plain !== null) {
        agenda.addFor(received + settings.settleMs, tellPlain, measured);
        return;
      }
      const pending: Pending<B> = { measured, measuredAt, cadenceMs, settled: false, done: false };
      const { target } = post;
      waiting.set(target, (waiting.get(target) ?? new Set()).add(pending));
      agenda.addFor(received + settings.settleMs, settle, pending);
    },
  };
}

function hasFailure(body: Body): boolean {
  const failed = ({ failure }: { failure: Failure | null }) => failure !== null;
  return body.dns.some(failed) || body.tcp.some(failed) || body.tls.some(failed) || body.http.some(failed);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
