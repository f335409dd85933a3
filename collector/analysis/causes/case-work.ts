import type { Incident } from "../../../protocol/incident.ts";
import type { Agenda } from "../agenda.ts";
import { blockIncident, freshOf, isConfirmed } from "../incidents/block-incident.ts";
import type { Group } from "../incidents/cluster.ts";
import type { EpochMs } from "../types.ts";
import { isInnocent, weighBlock } from "./block-causes.ts";
import { type BlockSources, lookBeside, observeBlock } from "./observe-block.ts";
import { scoresOf } from "./weigh.ts";

/** Where incidents go, and from where they are taken back. */
export type Desk = { put: (incident: Incident) => void; withdraw: (id: string) => void };

/** Keeps the causes and the confidence of blocks up to date. */
export type CaseWork = {
  /** Publishes a group as the records have it now, or takes it back. */
  publish: (group: Group, now: EpochMs) => void;
  /** A group has opened, or another cell of it: its causes are weighed anew from time to time. */
  opened: (group: Group, now: EpochMs) => void;
  /** Publishes the open groups as they stand, with the measurements that have come since. */
  refresh: () => void;
};

/** Case work on blocks. */
export function createCaseWork(options: {
  sources: BlockSources;
  agenda: Agenda;
  open: ReadonlySet<Group>;
  weightOf: (probe: string, now: EpochMs) => number;
  desk: Desk;
}): CaseWork {
  const { sources, agenda, open, weightOf, desk } = options;
  const { settings } = sources.knowledge;
  const followed = new Set<Group>();
  /** Weighs the causes; true when a score has changed. Texts alone are no news: a count has grown. */
  const reweigh = (group: Group, now: EpochMs): boolean => {
    const causes = weighBlock(observeBlock(group, now, sources));
    const news = scoresOf(causes) !== scoresOf(group.causes);
    if (news) group.causes = causes;
    return news;
  };
  const tell = (group: Group) => {
    // Once confirmed it stays: a site may die of being blocked.
    group.innocent = !group.confirmed && isInnocent(group.causes, settings.causeMargin);
    if (group.innocent) desk.withdraw(group.id);
    else desk.put(blockIncident(group, settings));
  };
  const publish = (group: Group, now: EpochMs) => {
    reweigh(group, now);
    const others = [...open].map(freshOf);
    const weight = (probe: string) => weightOf(probe, now);
    group.confirmed = isConfirmed(group, { cells: sources.cells.count(), others, weightOf: weight, settings });
    tell(group);
  };
  const follow = (group: Group, since: EpochMs, step: number) => {
    const { reweighMs } = settings;
    const last = reweighMs.at(-1) ?? 0;
    const due = since + (reweighMs[step] ?? last * (step - reweighMs.length + 2));
    agenda.add(due, (now) => {
      if (!open.has(group)) return void followed.delete(group);
      lookBeside(group, now, sources);
      if (reweigh(group, now)) tell(group);
      follow(group, since, step + 1);
    });
  };
  return {
    publish,
    opened: (group, now) => {
      lookBeside(group, now, sources);
      if (followed.has(group)) return;
      followed.add(group);
      follow(group, now, 0);
    },
    refresh: () => {
      for (const group of open) if (!group.innocent) desk.put(blockIncident(group, settings));
    },
  };
}
