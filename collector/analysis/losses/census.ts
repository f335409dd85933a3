import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { EpochMs } from "../types.ts";
import { type Loss, momentOf } from "./loss.ts";
import { openLoss, type ProbeState } from "./probe-book.ts";

/**
 * Who stands where and who was lost when, indexed, so that one probe that comes and goes costs the same in a large
 * fleet as in a small one.
 */
export type Census = {
  /** Counts a witness anew after its presence, place or losses changed. */
  count: (probe: ProbeState) => void;
  /** How many witnesses of a group are present and well. */
  wellIn: (key: string) => number;
  /** All witnesses ever counted in a group. */
  members: (key: string) => Iterable<ProbeState>;
  addLoss: (loss: Loss) => void;
  /** Losses whose moment lies in a stretch, one a probe (its latest), in the order they were added. */
  lossesWithin: (from: EpochMs, to: EpochMs) => Loss[];
};

const BUCKET_MS = 600_000;
/** Losses are kept findable for so many buckets with any: two months of a large fleet. */
const BUCKETS_KEPT = 9_000;

/** Key of the smallest group: a network in a region. */
export function cellOf({ asn, region }: ProbeInfo): string {
  return `cell|${asn ?? "?"}|${region ?? "?"}`;
}

/** Groups that can fall together: network in a region, region, network, medium (in a region, of a network), country. */
export function groupsOf(probe: ProbeInfo): readonly string[] {
  const known = GROUPS.get(probe);
  if (known !== undefined) return known;
  const { asn, region, access } = probe;
  const keys = [
    cellOf(probe),
    ...(region === null ? [] : [`region|${region}`]),
    ...(asn === null ? [] : [`AS${asn}`]),
    ...(access === null ? [] : [`${access}|${region ?? "?"}`, access]),
    ...(asn === null || access === null ? [] : [`AS${asn}|${access}`]),
    "all",
  ];
  GROUPS.set(probe, keys);
  return keys;
}

/** Keys already made: a place never changes within one value of a probe. */
const GROUPS = new WeakMap<ProbeInfo, readonly string[]>();

/** An empty census. */
export function createCensus(): Census {
  const well = new Map<string, number>();
  const members = new Map<string, Set<ProbeState>>();
  const buckets = new Map<number, Loss[]>();
  const add = (key: string, step: number) => well.set(key, (well.get(key) ?? 0) + step);
  return {
    count: (probe) => {
      const isWell = probe.info.role === "witness" && probe.present && !probe.left && openLoss(probe) === null;
      const counted = isWell ? probe.info : null;
      if (probe.countedAs === counted) return;
      for (const key of probe.countedAs === null ? [] : groupsOf(probe.countedAs)) add(key, -1);
      probe.countedAs = counted;
      for (const key of counted === null ? [] : groupsOf(counted)) {
        add(key, 1);
        const known = members.get(key);
        if (known === undefined) members.set(key, new Set([probe]));
        else known.add(probe);
      }
    },
    wellIn: (key) => well.get(key) ?? 0,
    members: (key) => members.get(key) ?? [],
    addLoss: (loss) => {
      const bucket = Math.floor(momentOf(loss) / BUCKET_MS);
      const known = buckets.get(bucket);
      if (known !== undefined) return void known.push(loss);
      buckets.set(bucket, [loss]);
      const oldest = buckets.keys().next().value;
      if (buckets.size > BUCKETS_KEPT && oldest !== undefined) buckets.delete(oldest);
    },
    lossesWithin: (from, to) => {
      const found = new Map<string, Loss>();
      // Edges move by a beat or two after a loss was added.
      for (let bucket = Math.floor(from / BUCKET_MS) - 1; bucket <= Math.floor(to / BUCKET_MS) + 1; bucket++)
        for (const loss of buckets.get(bucket) ?? []) {
          const moment = momentOf(loss);
          if (loss.void || moment < from || moment > to) continue;
          const known = found.get(loss.probe.id);
          if (known === undefined || momentOf(known) <= moment) found.set(loss.probe.id, loss);
        }
      return [...found.values()];
    },
  };
}
