import type { EpochMs } from "../../collector/analysis/types.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import type { Random } from "./random.ts";
import { createRequests } from "./requests.ts";
import { isWithin, type Line, type ProbeSpec, type Scenario } from "./scenario.ts";
import { areaOf, type Sights } from "./sights.ts";
import type { Speeds } from "./speeds.ts";

type Measured = { at: EpochMs; draft: EntryDraft };
/** What probes measure, round after round. */
export type Measurements = {
  /** The next round's, or requested round's, beginning at or after a moment. */
  firstAfter: (probe: ProbeSpec, at: EpochMs) => EpochMs;
  /** What a round that begins now brings, in any order. */
  round: (probe: ProbeSpec, at: EpochMs, line: Line) => Measured[];
  /** How often a probe looks whether the collector asks for more; null: it never asks. */
  askMs: number | null;
  /** What was asked of a probe from one moment to another. */
  asked: (probe: ProbeSpec, after: EpochMs, by: EpochMs, line: Line) => Measured[];
};

const ROUND_MS = 900_000;
/** Follow-ups are made at most once an hour for one target (probe/run/measures.ts). */
const FOLLOW_UP_MS = 3_600_000;
/** A flooding probe measures so many times as often. */
const FLOOD = 10;
/** A round of a probe takes a minute. */
const SPREAD_MS = 60_000;
/** Tasks are pushed; half a minute covers their way. */
export const ASK_MS = 30_000;

/** Rounds of a scenario: each probe has a phase of its own and some jitter; targets come in random order. */
export function createMeasurements(scenario: Scenario, sights: Sights, speeds: Speeds, random: Random): Measurements {
  const { roundMs = ROUND_MS, targets } = scenario;
  const followed = new Map<string, EpochMs>();
  const requests = createRequests();
  const spread = Math.min(SPREAD_MS, roundMs / 4);
  const mayFollow = (probe: ProbeSpec, target: string, at: EpochMs) =>
    at - (followed.get(`${probe.info.id} ${target}`) ?? Number.NEGATIVE_INFINITY) >= FOLLOW_UP_MS;
  const floods = scenario.acts.filter((act) => act.act === "lie" && act.how === "flood");
  const repeatsOf = (probe: ProbeSpec, at: EpochMs) =>
    floods.some((act) => "scope" in act && at >= act.from && at < act.to && isWithin(probe, act.scope)) ? FLOOD : 1;
  const one = (probe: ProbeSpec, target: string, begun: EpochMs, line: Line, round: string): Measured => {
    const mayFollowUp = mayFollow(probe, target, begun);
    const { sight, body } = sights.see(probe, target, begun, line, mayFollowUp);
    if (sight !== "ok" && mayFollowUp) followed.set(`${probe.info.id} ${target}`, begun);
    const failed = sight !== "ok" && sight !== "offline" && probe.info.role === "witness";
    if (scenario.requested === true && failed) requests.ask(areaOf(probe), target, begun + body.durationMs);
    return { at: begun + body.durationMs, draft: { kind: "web", body: { ...body, round } } };
  };
  return {
    askMs: scenario.requested === true ? ASK_MS : null,
    asked: (probe, after, by, line) =>
      requests
        .of(probe.info.role === "control" ? null : areaOf(probe), after, by)
        .map((target) => one(probe, target, by + random.between(0, ASK_MS), line, uuid(random))),
    firstAfter: (probe, at) => {
      const phase = (Number.parseInt(probe.info.id.slice(12, 18), 16) / 2 ** 24) * roundMs;
      return Math.ceil((at - phase) / roundMs) * roundMs + phase;
    },
    round: (probe, at, line) => {
      const begun = at + random.between(0, spread / 2);
      const round = uuid(random);
      const rounds = Array.from({ length: repeatsOf(probe, at) }, () => random.shuffled(targets));
      const web = rounds
        .flat()
        .map((target, place) =>
          one(probe, target, begun + ((place % targets.length) / targets.length) * spread, line, round),
        );
      return line === "international" ? [...web, ...speeds.pairs(probe, areaOf(probe), begun + spread)] : web;
    },
  };
}

/** A version 4 UUID; a sixteenth of its digits is drawn, which is enough to tell rounds apart. */
function uuid(random: Random): string {
  const digits = Math.floor(random.next() * 2 ** 48)
    .toString(16)
    .padStart(12, "0");
  return `00000000-0000-4000-8000-${digits}`;
}
