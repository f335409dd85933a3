import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { Access } from "../../../protocol/primitives.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { Agenda } from "../agenda.ts";
import { blockIncident } from "../incidents/block-incident.ts";
import { type Cell, type Clusters, cellKey, createClusters, type Group, type Member } from "../incidents/cluster.ts";
import type { Body } from "../judge.ts";
import type { Knowledge } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import type { Cadence } from "./cadence.ts";
import { addVote, type CellLog, createCellLog, type Outcome } from "./cell-log.ts";
import { createControlChecks } from "./control-checks.ts";
import { voteOf } from "./vote.ts";

/** A witness's measurement, judged at stream time `now`. */
export type JudgedBody = {
  probe: ProbeInfo;
  target: string;
  measuredAt: EpochMs;
  body: Body;
  verdict: Verdict;
  now: EpochMs;
};

export type BlockDetector = {
  /** Takes a verdict; gives the incidents that it opened, changed or closed, in that order. */
  judged: (one: JudgedBody) => Incident[];
  /** Takes a link entry: its checks stand in where too few targets are measured. */
  link: (probe: ProbeInfo, at: EpochMs, body: LinkBody) => void;
};

/**
 * Blocks: a sequential test for each target, network and region (docs/method.md). `put` takes incidents that change
 * because time passes: those that nobody watches any more.
 */
export function createBlockDetector(options: {
  knowledge: Knowledge;
  cadence: Cadence;
  agenda: Agenda;
  put: (incident: Incident) => void;
}): BlockDetector {
  const { knowledge, cadence, agenda, put } = options;
  const { settings } = knowledge;
  const heardAt = new Map<Member, EpochMs>();
  const watch = (group: Group, member: Member, now: EpochMs) => {
    const heard = heardAt.get(member) ?? now;
    if (member.end !== null || member.unwatched) {
      heardAt.delete(member);
      return;
    }
    if (now - heard < settings.unwatchedMs) {
      agenda.add(heard + settings.unwatchedMs, (later) => watch(group, member, later));
      return;
    }
    heardAt.delete(member);
    member.unwatched = true;
    put(blockIncident(group, knowledge));
  };
  const heard = ({ group, member }: Known, now: EpochMs) => {
    const known = heardAt.has(member);
    member.unwatched = false;
    if (member.end !== null) return;
    heardAt.set(member, now);
    if (!known) watch(group, member, now);
  };
  const logs = new Map<string, Map<string, CellLog>>();
  const checks = createControlChecks(settings);
  const clusters = createClusters();
  const accessOf = new Map<string, Access | null>();
  const logsOf = (area: string): Map<string, CellLog> => {
    const ofArea = logs.get(area) ?? new Map<string, CellLog>();
    logs.set(area, ofArea);
    return ofArea;
  };
  return {
    judged: ({ probe, target, measuredAt, body, verdict, now }) => {
      const { asn, region } = probe;
      const cell: Cell = { target, asn, region };
      const area = areaOf(probe);
      accessOf.set(probe.id, probe.access);
      checks.saw(area, probe.id, target, measuredAt, verdict);
      const vote = voteOf(probe.id, measuredAt, body, verdict);
      if (vote === null) return [];
      const cadenceMs = cadence.of(cellKey(cell));
      const ofArea = logsOf(area);
      const log = ofArea.get(target) ?? createCellLog(settings);
      ofArea.set(target, log);
      const quality = checks.quality({
        area,
        target,
        at: measuredAt,
        cadenceMs,
        suspicion: (other) => ofArea.get(other)?.suspicion ?? "none",
      });
      const outcomes = addVote(log, vote, quality, cadenceMs);
      const toleranceMs = settings.mergeRounds * cadenceMs;
      return outcomes
        .map((outcome) => takeIn({ clusters, cell, outcome, accessOf, now, toleranceMs }))
        .filter((known) => known !== null)
        .map((known) => {
          heard(known, now);
          return blockIncident(known.group, knowledge);
        });
    },
    link: (probe, at, body) => checks.sawLink(areaOf(probe), probe.id, at, body),
  };
}

type Known = { group: Group; member: Member };

/** Puts what happened in a cell into its group; null when the group is not known any more. */
function takeIn(found: {
  clusters: Clusters;
  cell: Cell;
  outcome: Outcome;
  accessOf: ReadonlyMap<string, Access | null>;
  now: EpochMs;
  toleranceMs: number;
}): Known | null {
  const { clusters, cell, outcome, now } = found;
  const { episode, start } = outcome;
  const access = new Set(
    [...episode.witnesses].map((id) => found.accessOf.get(id) ?? null).filter((one) => one !== null),
  );
  if (outcome.kind === "opened") {
    const opened = { cell, episode, start, end: null, detectedAt: now, access, unwatched: false };
    return { group: clusters.open(opened, found.toleranceMs), member: opened };
  }
  const known = clusters.groupOf(cell);
  if (known === null) return null;
  const { member } = known;
  member.episode = episode;
  // Rounds from before the block are forgotten one day: a start without its lower bound is older knowledge lost.
  if (start.after !== null) member.start = start;
  member.access = access;
  if (outcome.kind === "closed") member.end = { after: episode.lastBlocked, by: outcome.firstOpen };
  return known;
}

function areaOf({ asn, region }: ProbeInfo): string {
  return `${asn ?? "?"}|${region ?? "?"}`;
}
