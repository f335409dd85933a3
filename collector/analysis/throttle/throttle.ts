import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { createSiteWeather, type SiteWeather } from "../causes/site-weather.ts";
import { RULES_VERSION } from "../classify.ts";
import { createStories, type Stories } from "../incidents/stories.ts";
import { createSlowGroups, type SlowGroups, type SlowMember } from "../incidents/throttle-incident.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { findFall } from "./change-point.ts";
import { believable } from "./false-discovery.ts";
import { judgePair, type Point, pointsOf, type Suspicion } from "./judge-pair.ts";
import { createPairLog, HOUR_MS, type PairLog } from "./pair-log.ts";
import { NOTHING_SEEN, observePair } from "./pair-sight.ts";
import { readSample } from "./sample.ts";
import { pseudoMedian } from "./wilcoxon.ts";

export type ThrottleDetector = {
  /** A witness's or control's sample; the verdict on it while its target is throttled on its network, else null. */
  sample: (probe: ProbeInfo, at: EpochMs, received: EpochMs, body: SpeedBody) => Verdict | null;
};

type Pair = {
  target: string;
  asn: number | null;
  log: PairLog;
  /** Has samples that have not been looked at. */
  fresh: boolean;
  open: SlowMember | null;
  /** When the last sample came. */
  heard: EpochMs;
  /** Times it was slow before. */
  slow: { from: EpochMs; to: EpochMs }[];
  probes: Map<string, ProbeInfo>;
};

const SLOW_KEPT = 64;

type State = {
  knowledge: Knowledge;
  agenda: Agenda;
  put: (incident: Incident) => void;
  weather: SiteWeather;
  pairs: Map<string, Pair>;
  abroad: Map<string, PairLog>;
  groups: SlowGroups;
};

/** Throttling: paired exact tests at the end of every hour that brings samples (docs/method.md). */
export function createThrottleDetector(options: {
  knowledge: Knowledge;
  agenda: Agenda;
  stories?: Stories;
  weather?: SiteWeather;
  put: (incident: Incident) => void;
}): ThrottleDetector {
  const { knowledge, agenda, stories = createStories(knowledge.settings), weather = createSiteWeather() } = options;
  const { settings } = knowledge;
  const state: State = {
    ...options,
    weather,
    pairs: new Map(),
    abroad: new Map(),
    groups: createSlowGroups(knowledge, stories),
  };
  const { pairs, abroad } = state;
  let nextLook: EpochMs = Number.NEGATIVE_INFINITY;
  return {
    sample: (probe, at, received, body) => {
      const sample = readSample(body, settings);
      if (probe.role === "control") {
        const log = abroad.get(body.target) ?? createPairLog(settings);
        abroad.set(body.target, log);
        log.put(probe.id, at, sample);
        return null;
      }
      const key = `${body.target}|${probe.asn ?? "?"}`;
      const pair = pairs.get(key) ?? newPair(body.target, probe.asn, settings);
      pairs.set(key, pair);
      pair.log.put(probe.id, at, sample);
      pair.probes.set(probe.id, probe);
      Object.assign(pair, { fresh: true, heard: received });
      if (received >= nextLook) {
        nextLook = (Math.floor(received / HOUR_MS) + 1) * HOUR_MS;
        agenda.add(nextLook, (now) => look(state, now));
      }
      return pair.open === null ? null : verdictOf(pair.open, body);
    },
  };
}

/** Judges every pair that has new samples. */
function look(state: State, now: EpochMs): void {
  const { knowledge, pairs, abroad, groups, put } = state;
  const { settings } = knowledge;
  const fresh = [...pairs.values()].filter((pair) => pair.fresh);
  const found = fresh.map(({ open, log, slow, target }) =>
    open === null ? judgePair({ log, slow, abroad: abroad.get(target) ?? null }, settings) : null,
  );
  // All pairs looked at are tests that were made, also those that were not slow enough for the exact one.
  const chances = found.map((suspicion) => suspicion?.p ?? 1);
  const believed = believable(chances, settings.throttleChance);
  for (const [index, pair] of fresh.entries()) {
    pair.fresh = false;
    const suspicion = found[index] ?? null;
    if (pair.open !== null) {
      const member = follow(pair, pair.open, settings);
      member.seen = seenOf(state, pair, member);
      put(groups.changed(member));
    } else if (suspicion !== null && believed[index] === true) {
      const member = begin(pair, suspicion, now);
      member.seen = seenOf(state, pair, member);
      put(groups.open(member));
      watch(state, pair, now);
    }
    if (pair.open?.end) {
      if (pair.slow.length >= SLOW_KEPT) pair.slow.shift();
      pair.slow.push({ from: pair.open.start.by, to: pair.open.end.by });
      pair.open = null;
    }
  }
}

function seenOf({ knowledge, pairs, abroad, weather }: State, pair: Pair, member: SlowMember): SlowMember["seen"] {
  const { target, asn, log, slow } = pair;
  const elsewhere = [...pairs.values()].filter(
    (other) => other.target === target && other.asn !== asn && other.open === null,
  );
  const others = elsewhere.map((other) => other.log);
  return observePair({ target, log, slow, abroad: abroad.get(target), others, member, weather }, knowledge.settings);
}

/** While a pair is open: says that nobody watches it once no sample has come for long. */
function watch(state: State, pair: Pair, now: EpochMs): void {
  const { knowledge, agenda, put, groups } = state;
  const { unwatchedMs } = knowledge.settings;
  const { open, heard } = pair;
  if (open === null) return;
  const unwatched = now - heard >= unwatchedMs;
  if (unwatched && open.unwatchedSince === null) {
    open.unwatchedSince = Math.min(pair.log.latest(), now);
    put(groups.changed(open));
  }
  agenda.add((unwatched ? now : heard) + unwatchedMs, (later) => {
    if (pair.open === open) watch(state, pair, later);
  });
}

function newPair(target: string, asn: number | null, settings: Settings): Pair {
  return { target, asn, log: createPairLog(settings), fresh: false, open: null, heard: 0, slow: [], probes: new Map() };
}

function begin(pair: Pair, suspicion: Suspicion, now: EpochMs): SlowMember {
  const { target, asn } = pair;
  const probes = new Map(suspicion.probes.map((id) => [id, pair.probes.get(id)]));
  const member: SlowMember = {
    target,
    asn,
    ...suspicion,
    probes,
    end: null,
    unwatchedSince: null,
    detectedAt: now,
    seen: NOTHING_SEEN,
  };
  pair.open = member;
  return member;
}

/** An open throttle hour by hour: it grows, or it is over once the last hours are as fast as usual. */
function follow(pair: Pair, member: SlowMember, settings: Settings): SlowMember {
  const to = pair.log.latest();
  member.unwatchedSince = null;
  const rows = pair.log.between(member.start.by, to);
  const points = pointsOf(rows, member.method, member.baseline);
  for (const { probe, value } of points)
    if (value < Math.log(settings.throttleClearRatio)) member.probes.set(probe, pair.probes.get(probe));
  member.samples = rows.reduce((sum, { samples }) => sum + samples, 0);
  if (!isClear(points, to, member, settings)) return member;
  member.end = endOf(points, to, member);
  return member;
}

/** When it ended: the step up in the series, as the beginning is the step down; without a clear one, what lies between
 * the last slow value and the next. */
function endOf(points: readonly Point[], to: EpochMs, member: SlowMember): { after: EpochMs; by: EpochMs } {
  const rise = findFall(points.map(({ value }) => -Math.max(-3, Math.min(1, value))));
  const half = Math.log(member.ratio) / 2;
  const lastSlow = points.findLastIndex(({ at, value }, index) => value <= half && !isStray(points, index, at, half));
  const [earliest, latest] = rise === null ? [lastSlow + 1, lastSlow + 1] : [rise.earliest, rise.latest];
  const after = points[earliest - 1]?.at ?? member.start.by;
  return { after, by: Math.max(after, points[latest]?.at ?? to) };
}

/** Whether the last hours are too fast for it to go on. */
function isClear(points: readonly Point[], to: EpochMs, member: SlowMember, settings: Settings): boolean {
  return settings.throttleClearHours.some((hours) => {
    const recent = points.filter(({ at }) => at >= Math.max(member.start.by, to - hours * HOUR_MS));
    const enough = recent.length >= settings.throttleClearPoints && new Set(recent.map(({ probe }) => probe)).size > 1;
    const middle = enough ? pseudoMedian(recent.slice(-settings.speedMostPoints).map(({ value }) => value)) : null;
    return middle !== null && middle.low > settings.throttleClearPart * Math.log(member.ratio);
  });
}

/** One slow value among fast ones of the same hours. */
function isStray(points: readonly { at: EpochMs; value: number }[], index: number, at: EpochMs, half: number): boolean {
  const near = points.filter((point, other) => other !== index && Math.abs(point.at - at) <= HOUR_MS);
  return near.filter(({ value }) => value <= half).length * 2 < near.length;
}

function verdictOf(member: SlowMember, body: SpeedBody): Verdict {
  const times = member.ratio.toFixed(2);
  const what = member.method === "goodput" ? "speed" : "speed of the handshake";
  return {
    code: "throttled",
    stage: member.method === "goodput" ? "http" : "tls",
    strength: "contrasted",
    rule: `throttle-${member.method}`,
    rulesVersion: RULES_VERSION,
    reasons: [
      {
        says: `${what} is ${times} of its usual ratio to the control (${body.control.choice})`,
        steps: [],
        of: "probe",
      },
      { says: `${member.probes.size} probes on this network see it`, steps: [], of: "probe" },
    ],
  };
}
