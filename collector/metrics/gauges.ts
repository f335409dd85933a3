import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Gauge, type Registry } from "prom-client";
import { standingIncidents } from "../api/standing-incidents.ts";
import type { Store } from "../store/store.ts";
import { metricCells } from "./cells.ts";

export type Watched = {
  readonly store: Store;
  readonly folder: string;
  readonly present: () => ReadonlySet<string>;
  readonly turnsWaiting: () => number;
  readonly enoughProbes: () => number;
};

const OPEN_MAX = 10_000;

/** Adds gauges that look at the store when they are asked. */
export function addGauges(registry: Registry, watched: Watched): void {
  const { store, folder, present, turnsWaiting } = watched;
  const gauge = <L extends string>(name: string, help: string, labels: readonly L[], read: Reading<L>) =>
    new Gauge({
      ...{ name: `kuager_${name}`, help, labelNames: [...labels], registers: [registry] },
      async collect() {
        this.reset();
        await read((value, of) => (of === undefined ? this.set(value) : this.set(of, value)));
      },
    });
  gauge("probes_known", "Probes that joined and did not leave.", ["role"], async (set) => {
    for (const [role, probes] of await byRole(store)) set(probes.length, { role });
  });
  gauge("probes_present", "Probes that beat now.", ["role"], async (set) => {
    const now = present();
    for (const [role, probes] of await byRole(store)) set(probes.filter(({ id }) => now.has(id)).length, { role });
  });
  const cell = (name: "known" | "present", help: string) =>
    gauge(`cell_probes_${name}`, help, ["region", "access"], async (set) => {
      for (const { region, access, ...counts } of metricCells(
        await store.probes.all(),
        present(),
        watched.enoughProbes(),
      ))
        set(counts[name], { region, access });
    });
  cell("known", "Witnesses known by region and kind of line; small cells go together.");
  cell("present", "Witnesses present by region and kind of line; small cells go together.");
  gauge("turns_waiting", "Pieces of work that wait to change what is stored.", [], async (set) => set(turnsWaiting()));
  gauge("log_entries", "Leaves of the transparency log.", [], async (set) => set(await store.log.size()));
  gauge("incidents_open", "Incidents without an end, by confidence.", ["confidence"], async (set) => {
    const query = { from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: true, limit: OPEN_MAX };
    const { incidents: open } = await standingIncidents({ store }, query);
    for (const confidence of ["observed", "probable", "confirmed"] as const)
      set(open.filter((incident) => incident.confidence === confidence).length, { confidence });
  });
  gauge("alerts", "Alerts in the outbox by state.", ["state"], async (set) => {
    for (const [state, count] of Object.entries(await store.admin.alerts.counts())) set(count, { state });
  });
  gauge("store_bytes", "Size of the database and of its write-ahead log.", ["file"], async (set) => {
    for (const [file, bytes] of Object.entries(await storeBytes(folder))) set(bytes, { file });
  });
  gauge("disk_free_bytes", "Free space where the database lies.", [], async (set) => set(await freeBytes(folder)));
}

type Reading<L extends string> = (set: (value: number, of?: Partial<Record<L, string>>) => void) => Promise<void>;

async function byRole({ probes }: Store) {
  const known = (await probes.all()).filter(({ left }) => left === null);
  return (["witness", "control"] as const).map((role) => [role, known.filter((probe) => probe.role === role)] as const);
}

/** Bytes of a collector's database file and of its write-ahead log. */
export async function storeBytes(folder: string): Promise<{ database: number; journal: number }> {
  const sizeOf = (name: string) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  const [database, journal] = await Promise.all([sizeOf("collector.db"), sizeOf("collector.db-wal")]);
  return { database, journal };
}

/** Bytes that may still be written where a collector's database lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
