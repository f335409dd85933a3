import { createAnalysis } from "../../../collector/analysis/analysis.ts";
import type { Knowledge } from "../../../collector/analysis/knowledge.ts";
import type { Item, Judged } from "../../../collector/analysis/types.ts";
import { itemOrder } from "../../../collector/judging/item-order.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EntryDraft } from "../../../protocol/records/entry.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import { journalOf, KNOWLEDGE, okPage, T0 } from "./build.ts";

/** Decides what a probe sees of a target at a time; null: it measures nothing. */
export type Sight = (seen: { probe: ProbeInfo; target: string; at: number; round: number }) => WebBody | null;

export type World = {
  items: Item[];
  write: (probe: ProbeInfo, at: number, draft: EntryDraft, more?: { received?: number; boot?: string }) => void;
};

/** An empty stream in which the given probes have joined and are present. */
export function worldOf(probes: readonly ProbeInfo[], from = T0): World {
  const journals = new Map(probes.map((probe) => [probe.id, journalOf(probe)]));
  const items: Item[] = probes.flatMap((probe) => [
    { type: "probe", at: from, probe },
    { type: "present", at: from, probe: probe.id },
  ]);
  return {
    items,
    write: (probe, at, draft, { received = at + 200, boot } = {}) => {
      const entry = journals.get(probe.id)?.(at, draft, boot === undefined ? {} : { boot });
      if (entry !== undefined) items.push({ type: "entry", at: received, entry });
    },
  };
}

/** Rounds of every probe over some targets; each probe has a phase of its own. */
export function measureRounds(
  world: World,
  plan: {
    probes: readonly ProbeInfo[];
    targets: readonly string[];
    from: number;
    rounds: number;
    cadenceMs: number;
    sight?: Sight;
    received?: (probe: ProbeInfo, at: number) => number;
  },
): void {
  const { probes, targets, from, rounds, cadenceMs, sight, received } = plan;
  for (let round = 0; round < rounds; round++)
    for (const [index, probe] of probes.entries())
      for (const [order, target] of targets.entries()) {
        const at = Math.round(
          from + round * cadenceMs + ((index + 1) / (probes.length + 2) + order / (targets.length * 20)) * cadenceMs,
        );
        const body = sight === undefined ? okPage(`https://${target}/`) : sight({ probe, target, at, round });
        if (body !== null)
          world.write(
            probe,
            at,
            { kind: "web", body },
            received === undefined ? {} : { received: received(probe, at) },
          );
      }
}

/** Items in the order in which analysis takes them. */
export function inOrder(items: readonly Item[]): Item[] {
  return [...items].sort(itemOrder);
}

/** Runs a stream to its end, and then lets an hour pass. */
export function run(items: readonly Item[], knowledge: Knowledge = KNOWLEDGE) {
  const analysis = createAnalysis(knowledge);
  const verdicts: Judged[] = [];
  const sorted = inOrder(items);
  for (const item of sorted) {
    analysis.apply(item);
    verdicts.push(...analysis.takeVerdicts());
  }
  analysis.apply({ type: "tick", at: (sorted.at(-1)?.at ?? T0) + 3_600_000 });
  verdicts.push(...analysis.takeVerdicts());
  return { incidents: analysis.incidents(), verdicts };
}
