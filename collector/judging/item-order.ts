import type { Item } from "../analysis/types.ts";

/** Within one moment: first what explains, then what follows from it. */
const RANK: Readonly<Record<Item["type"], number>> = {
  gap: 0,
  probe: 1,
  silent: 2,
  present: 3,
  entry: 4,
  event: 5,
  tick: 6,
};

/** The order in which the analysis takes items, live or replayed: moment, kind, probe, number in its chain. */
export function itemOrder(a: Item, b: Item): number {
  return (
    a.at - b.at ||
    RANK[a.type] - RANK[b.type] ||
    textOrder(probeOf(a), probeOf(b)) ||
    seqOf(a) - seqOf(b) ||
    textOrder(routeOf(a), routeOf(b))
  );
}

function routeOf(item: Item): string {
  return item.type === "present" || item.type === "silent" ? (item.route ?? "") : "";
}

function probeOf(item: Item): string {
  if (item.type === "entry") return item.entry.probe;
  if (item.type === "probe") return item.probe.id;
  return item.type === "present" || item.type === "silent" ? item.probe : "";
}

function seqOf(item: Item): number {
  return item.type === "entry" ? item.entry.seq : 0;
}

function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
