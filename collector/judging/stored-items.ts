import { setImmediate as breathe } from "node:timers/promises";
import type { Entry } from "../../protocol/records/entry.ts";
import type { EpochMs, Item } from "../analysis/types.ts";
import { predecessorsOf } from "../ingest/continue.ts";
import { probeInfo } from "../ingest/join.ts";
import type { Store, StoredEntry, StoredProbe } from "../store/store.ts";
import { itemOrder } from "./item-order.ts";
import { dnsItems, presenceItems } from "./presence-items.ts";

const PAGE = 500;
const FAR = Number.MAX_SAFE_INTEGER;

/** Told of a stored row that cannot be read, and why. */
export type OnBroken = (row: { probe: string; seq: number }, error: unknown) => void;

/**
 * Everything stored since `from` as the analysis took it when it happened, in the same order. A row that cannot be
 * read (a damaged disk) is told and left out.
 */
export async function* storedItems(
  store: Store,
  from: EpochMs,
  onBroken: OnBroken = () => undefined,
): AsyncGenerator<Item> {
  const others = [
    ...(await probeItems(store, from)),
    ...(await storedPresences(store, from)),
    ...dnsItems(await store.dnsPresence.within({ from, to: FAR }), from),
    ...(await gapItems(store, from)),
  ];
  others.sort(itemOrder);
  let next = 0;
  for await (const row of storedEntries(store, from)) {
    for (let other = others[next]; other !== undefined && other.at <= row.received; other = others[++next]) yield other;
    const entry = readEntry(row, onBroken);
    if (entry !== null) yield { type: "entry", at: row.received, entry };
  }
  yield* others.slice(next);
}

/** Stored entries received at or after `from`, in the order of (received, probe, seq), read page by page. */
export async function* storedEntries(store: Store, from: EpochMs): AsyncGenerator<StoredEntry> {
  let after = { received: from, probe: "", seq: 0 };
  for (;;) {
    const page = await store.entries.inOrder(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = { received: last.received, probe: last.probe, seq: last.seq };
    await breathe();
  }
}

/** The entry of a stored row. */
export function entryOf({ text }: Pick<StoredEntry, "text">): Entry {
  // The cast is sound: only text that passed the schema is ever stored, and the column is never changed.
  return JSON.parse(text) as Entry;
}

function readEntry(row: StoredEntry, onBroken: OnBroken): Entry | null {
  try {
    return entryOf(row);
  } catch (error) {
    onBroken({ probe: row.probe, seq: row.seq }, error);
    return null;
  }
}

async function probeItems(store: Store, from: EpochMs): Promise<Item[]> {
  const before = await predecessorsOf(store);
  const itemOf = (probe: StoredProbe, at: EpochMs): Item => ({
    type: "probe",
    at: Math.max(from, at),
    probe: probeInfo(probe, before),
  });
  return (await store.probes.all()).flatMap((probe) => {
    const joined = itemOf({ ...probe, left: null }, probe.joined);
    return probe.left === null ? [joined] : [joined, itemOf(probe, probe.left)];
  });
}

async function storedPresences(store: Store, from: EpochMs): Promise<Item[]> {
  const { probes, presence } = store;
  const before = await predecessorsOf(store);
  const known = new Map((await probes.all()).map((probe) => [probe.id, probe]));
  const infoOf = (id: string, at: EpochMs) => {
    const probe = known.get(id);
    return probe === undefined || (probe.left !== null && probe.left <= at)
      ? null
      : probeInfo({ ...probe, left: null }, before);
  };
  const rows = await presence.within({ from, to: FAR });
  return presenceItems(
    rows.map((row) => ({ ...row, from: Math.max(from, row.from) })),
    infoOf,
  );
}

async function gapItems({ gaps }: Store, since: EpochMs): Promise<Item[]> {
  return (await gaps.within({ from: since, to: FAR })).map(({ from, to }) => ({ type: "gap", at: to, from, to }));
}
