import type { Entry } from "../protocol/records/entry.ts";
import type { EpochMs } from "./analysis/types.ts";
import { storedItems } from "./judging/stored-items.ts";
import type { Store } from "./store/store.ts";

/** Addresses at which control probes reached targets: sent to witnesses, so that DNS lies do not hide other blocks. */
export type ControlAddresses = {
  take: (entry: Entry) => void;
  setRole: (probe: string, role: "witness" | "control") => void;
  /** Addresses by target, those seen last first. */
  seen: () => ReadonlyMap<string, readonly string[]>;
  /** Grows whenever `seen` changes. */
  revision: () => number;
};

const PER_TARGET = 8;
const REMEMBERED_MS = 2 * 86_400_000;

/** Remembers at most eight addresses a target; only an address that answered with a trusted certificate counts. */
export function createControlAddresses(): ControlAddresses {
  const controls = new Set<string>();
  const addresses = new Map<string, readonly string[]>();
  let revision = 0;
  return {
    seen: () => addresses,
    revision: () => revision,
    setRole: (probe, role) => void (role === "control" ? controls.add(probe) : controls.delete(probe)),
    take: (entry) => {
      if (entry.kind !== "web" || !controls.has(entry.probe)) return;
      const { target } = entry.body;
      const before = addresses.get(target) ?? [];
      const fresh = reachedAddresses(entry.body).filter((ip) => !before.includes(ip));
      if (fresh.length === 0) return;
      addresses.set(target, [...fresh, ...before].slice(0, PER_TARGET));
      revision += 1;
    },
  };
}

/** Fills the memory from what is stored of the last two days. */
export async function recallAddresses(store: Store, memory: ControlAddresses, now: EpochMs): Promise<void> {
  for await (const item of storedItems(store, now - REMEMBERED_MS)) {
    if (item.type === "probe") memory.setRole(item.probe.id, item.probe.role);
    if (item.type === "entry") memory.take(item.entry);
  }
}

function reachedAddresses({ tcp, tls }: Extract<Entry, { kind: "web" }>["body"]): string[] {
  const trusted = new Set(
    tls.filter(({ purpose, trusted }) => purpose === "target" && trusted === true).map((s) => s.tcp),
  );
  return tcp.filter(({ id }) => trusted.has(id)).map(({ ip }) => ip);
}
