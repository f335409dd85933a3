import type { ArchiveLine } from "../protocol/archive.ts";
import type { EpochMs } from "./analysis/types.ts";
import type { Catalogue } from "./catalogue.ts";
import { predecessorsOf } from "./ingest/continue.ts";
import { probeInfo } from "./ingest/join.ts";
import { entryOf, storedEntries } from "./judging/stored-items.ts";
import type { Store, Window } from "./store/store.ts";
import { utc } from "./time.ts";

/** A line of an archive; probes with their key and entries with their batch's signature, so that it can be proved. */
type Line = ArchiveLine & { publicKey?: string; signature?: string };

const EVENTS_MAX = 100_000;

/**
 * Everything received within a window, as lines of an archive (design 4.5): probes, targets, events, presences, and
 * entries in the order of receiving. A signature stands on the entry that it was made over and covers all before it.
 */
export async function* archiveLines(store: Store, { list }: Catalogue, window: Window): AsyncGenerator<Line> {
  const signatures = new Map<string, string>();
  const before = await predecessorsOf(store);
  for (const probe of await store.probes.all()) {
    const { publicKey } = probe;
    yield { type: "probe", ...probeInfo(probe, before), ...(publicKey === null ? {} : { publicKey }) };
    for (const { hash, signature } of await store.entries.signatures(probe.id)) signatures.set(hash, signature);
  }
  for (const target of list.targets) yield { type: "target", ...target };
  for (const event of await store.events.within(window, EVENTS_MAX)) yield { type: "event", ...event };
  for (const { from, to } of await store.gaps.within(window)) yield { type: "gap", from: utc(from), to: utc(to) };
  yield* presenceLines(store.presence, window);
  yield* presenceLines(store.dnsPresence, window, "dns");
  for await (const row of storedEntries(store, window.from)) {
    if (row.received >= window.to) return;
    const signature = signatures.get(row.hash);
    yield { type: "entry", received: utc(row.received), entry: entryOf(row), ...(signature && { signature }) };
  }
}

/** A probe that is still there when the archive ends is present until then; younger silence is not silence yet. */
async function* presenceLines(table: Store["presence"], window: Window, route?: "dns"): AsyncGenerator<Line> {
  for (const { probe, from, to, received } of await table.within(window)) {
    const known: EpochMs | null = received !== null && received < window.to ? received : null;
    const end = known === null ? window.to : to;
    const times = { from: utc(from), to: utc(end), received: utc(known ?? window.to) };
    yield { type: "presence", probe, ...times, ...(route && { route }) };
  }
}
