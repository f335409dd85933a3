import type { ProbeInfo } from "../../protocol/archive.ts";
import type { EpochMs, Item } from "../analysis/types.ts";
import type { PresenceRow } from "../store/store.ts";
import { utc } from "../time.ts";

/**
 * Presences as the analysis takes them: present from the first beat, silent when that was known. Where a presence ends
 * without a silence (`received` is its very end: there an archive ended), nobody has watched the probe since: it counts
 * as gone until it is heard again. `infoOf` tells what is known of a probe at a moment.
 */
export function presenceItems(
  rows: readonly PresenceRow[],
  infoOf: (probe: string, at: EpochMs) => ProbeInfo | null,
): Item[] {
  const unwatched = new Set<string>();
  const inTurn = [...rows].sort((a, b) => a.from - b.from || a.to - b.to);
  return inTurn.flatMap(({ probe, from, to, received }): Item[] => {
    const items: Item[] = [{ type: "present", at: from, probe }];
    if (unwatched.delete(probe)) items.unshift(...known(infoOf(probe, from), from, null));
    if (received === null) return items;
    if (received > to) return [...items, { type: "silent", at: received, probe, lastBeat: to }];
    unwatched.add(probe);
    return [...items, ...known(infoOf(probe, to), to, utc(to))];
  });
}

function known(probe: ProbeInfo | null, at: EpochMs, to: string | null): Item[] {
  return probe === null ? [] : [{ type: "probe", at, probe: { ...probe, to } }];
}

/** Times of beats over DNS as the analysis takes them; those of which no end is known go on. */
export function dnsItems(rows: readonly PresenceRow[], since: EpochMs = Number.NEGATIVE_INFINITY): Item[] {
  return rows.flatMap(({ probe, from, to, received }): Item[] => [
    { type: "present", at: Math.max(from, since), probe, route: "dns" },
    ...(received === null
      ? []
      : [{ type: "silent" as const, at: received, probe, lastBeat: to, route: "dns" as const }]),
  ]);
}
